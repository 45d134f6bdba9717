"""What colleagues tell each other in a conversation: for the team alone, and on no way to the patient."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec

from server import access, audit, clock, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import drafts, indexing, words
from server.domain import mentions as calling
from server.errors import Kind, Refusal
from server.queries import work_views
from server.vault import Keyring


async def write(
    conversation_id: UUID, *, key: str, body: str, by: access.Staff, mentions: Sequence[UUID] = ()
) -> tuple[UUID, bool]:
    """Write a note; its id, and whether it was written now.

    Asking again with the same key gives back the first note. It answers nobody: the patient waits as before, and a
    conversation that is done stays so. `mentions` are colleagues it calls on: each is told, wherever they are.

    :raises Refusal: `unknown`, `not_allowed`, `key_reused`, `empty`, `too_long`, `hidden_characters`, `cannot_read`
    """
    text = words.body(body)
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        asked = (text, *sorted(map(str, mentions)))
        if known := await earlier(conversation, key=key, asked=asked, by=by):
            return known, False
        await drafts.forget(tx, conversation, models.DraftKind.NOTE, author=by.user)
        return await add(tx, conversation, text, key=key, asked=asked, by=by, mentions=mentions), True


async def earlier(
    conversation: models.Conversation, *, key: str, asked: Sequence[str], by: access.Staff
) -> UUID | None:
    """Inside a verb that holds the conversation: the note that its writer added with this key before.

    `asked` is all that the verb is asked for; the same key with anything else is refused.

    :raises Refusal: `key_reused`
    """
    note = await models.Note.filter(conversation_id=conversation.id, user_id=by.user, key=key).first()
    if note and note.fingerprint != _print_of(await keys.of(conversation.organization_id), asked):
        sentence = "This note was already added with other words. Look at the conversation, then write again."
        raise Refusal(Kind.CONFLICT, "key_reused", sentence)
    return note.id if note else None


def _print_of(ring: Keyring, asked: Sequence[str]) -> str:
    return ring.blind("note", hashlib.sha256("\x00".join(asked).encode()).hexdigest())


async def add(
    tx: Transaction,
    conversation: models.Conversation,
    text: str,
    *,
    key: str,
    asked: Sequence[str],
    by: access.Staff,
    mentions: Sequence[UUID] = (),
) -> UUID:
    """Inside such a verb, where there is none: write it; its id. `text` may stand in a message.

    :raises Refusal: `cannot_read`
    """
    ring = await keys.of(conversation.organization_id)
    called = await calling.must_be_readers(conversation, mentions, by=by.user)
    note = await _keep(ring, conversation, text, called, key=key, print_of=_print_of(ring, asked), by=by)
    await indexing.keep(conversation, note.id, text, at=note.created_at)
    await calling.keep(tx, note, called)
    await audit.enter(
        Did.NOTE_WRITTEN,
        organization=conversation.organization_id,
        about=note.id,
        patient=conversation.patient_id,
        data={"conversation": conversation.id},
    )
    # The team's stream alone: a patient's page follows the patient's.
    tx.record(facts.NoteWritten(conversation=conversation.id, notes=[note.id]), conversation.team_id)
    return note.id


async def _keep(
    ring: Keyring,
    conversation: models.Conversation,
    text: str,
    called: Sequence[work_views.Colleague],
    *,
    key: str,
    print_of: str,
    by: access.Staff,
) -> models.Note:
    # Numbered under the conversation's lock, so there is no gap and no double.
    newest = await models.Note.filter(conversation_id=conversation.id).order_by("-number").first()
    note_id = tokens.new_id()
    return await models.Note.create(
        id=note_id,
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        number=newest.number + 1 if newest else 1,
        after=conversation.last_number,
        user_id=by.user,
        key=key,
        fingerprint=print_of,
        body_sealed=ring.seal("note", "body", note_id, text),
        mentioned=msgspec.json.encode(called).decode(),
        created_at=clock.now(),
    )
