"""Somebody's words: staff post, a patient replies, a text arrives. Never edited."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server import access, audit, clock, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.db.prepared import Prepared
from server.domain import (
    answers,
    attaching,
    deliveries,
    drafts,
    gate,
    hours,
    indexing,
    ladders,
    numbers,
    outbox,
    patient_states,
    proxy_notices,
    pushes,
    snoozes,
    urgency,
    way,
    wishes,
    words,
)
from server.errors import Kind, Refusal
from server.models import Purpose, Via
from server.queries import thread


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to say: words that were looked at (`words.body`), and how they are to go; as part of a
    `broadcast`, if of one. `to` are contacts of the patient's that were chosen instead of the preferred ones.
    """

    key: str
    via: Via
    text: str = field(repr=False)
    both: bool = False
    is_sure: bool = False
    files: tuple[UUID, ...] = ()
    patient_only: bool = False
    broadcast: UUID | None = None
    to: tuple[UUID, ...] = ()

    @property
    def asked(self) -> str:
        """What the fingerprint is made of; no text has a NUL in it."""
        how = f"{self.via}{'+' * self.both}{'!' * self.patient_only}"
        where = ("to", *map(str, self.to)) if self.to else ()
        return "\x00".join((how, self.text, *map(str, self.files), *where))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text or a mail came from: the phone (E.164) or mailbox, and the number of ours it was to, if any."""

    sender: str = field(repr=False)
    number: UUID | None = None


async def post(
    conversation_id: UUID,
    *,
    key: str,
    via: Via,
    body: str,
    by: access.Staff,
    seen: int | None = None,
    both: bool = False,
    is_sure: bool = False,
    patient_only: bool = False,
    files: Sequence[UUID] = (),
    to: Sequence[UUID] = (),
) -> tuple[UUID, bool]:
    """Post a message and put its delivery on its way; the message's id, and whether it was posted now.

    Asking again with the same key gives back the first message. `seen` is the newest number the writer had on screen.
    `both`: the notice of a secure message goes by text and by mail. `is_sure`: the writer saw that a plain text looks
    private. `patient_only`: no proxy of the patient's is shown it, nor told of it. `files` are the writer's uploads, in
    their order; with some, the body may be empty. `to` are contacts of the patient's by which it goes instead of the
    preferred ones of their kind.

    :raises Refusal: `unknown`, `not_allowed`, `key_reused`, `moved_on`, `empty`, `too_long`, `hidden_characters`,
        `too_many_files`, `files_need_secure`, `file_gone`, `contact_gone`, and whatever `gate.admit` says
    """
    attaching.must_fit(files, via)
    text = words.body(body, plain=via is Via.SMS, may_be_empty=bool(files))
    draft = Draft(
        key, via, text, both=both, is_sure=is_sure, files=tuple(files), patient_only=patient_only, to=tuple(to)
    )
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if first := await earlier(conversation, by.user, draft):
            return first, False
        await _must_have_seen(conversation, seen, by=by)
        message, _ = await send(tx, conversation, draft, author=by.user, path=gate.Path.TYPED)
        await drafts.forget(tx, conversation, models.DraftKind.MESSAGE, author=by.user, tells=False, files=bool(files))
        return message.id, True


async def send(
    tx: Transaction, conversation: models.Conversation, draft: Draft, *, author: UUID, path: gate.Path
) -> tuple[models.Message, list[models.Delivery]]:
    """The same inside another verb that holds the conversation's lock: write it, and put it on its way.

    :raises Refusal: `file_gone`, and whatever `gate.admit` says
    """
    print_of = await _fingerprint(conversation.organization_id, draft.asked)
    message = await _write(conversation, author, draft, print_of)
    message.user_id, message.patient_only, message.broadcast_id = author, draft.patient_only, draft.broadcast
    await message.save(force_create=True)
    await indexing.keep(conversation, message.id, draft.text, at=message.created_at)
    await attaching.attach(conversation, message, draft.files, owner=author)
    rows = await deliveries.arrange(conversation, message, order_of(draft, path))
    await (_pass_by(conversation, message) if draft.broadcast else _advance(conversation, message, from_patient=False))
    if draft.via is not Via.SMS:
        if not draft.broadcast:
            await ladders.begin(conversation, message)
        await proxy_notices.arrange(conversation, message)
    await _record(tx, Did.MESSAGE_POSTED, conversation, message)
    return message, rows


def order_of(draft: Draft, path: gate.Path) -> deliveries.Order:
    """How a draft is to go out."""
    return deliveries.Order(
        path=path,
        purpose=Purpose.BROADCAST if draft.broadcast else Purpose.FIRST,
        carries=deliveries.BOTH if draft.both and draft.via is not Via.SMS else (deliveries.CARRIES[draft.via],),
        words=draft.text if draft.via is Via.SMS else None,
        is_sure=draft.is_sure,
        to=draft.to,
        broadcast=draft.broadcast,
    )


async def reply(
    conversation_id: UUID,
    *,
    patient_id: UUID,
    key: str,
    body: str,
    proxy_id: UUID | None = None,
    via: Via = Via.PORTAL,
    carrier_ref: str | None = None,
    origin: Origin | None = None,
    came_at: datetime | None = None,
    sent_at: datetime | None = None,
    files: Sequence[UUID] = (),
) -> tuple[UUID, bool]:
    """The patient writes, in the portal or by text, or a proxy does for them; it always reopens the conversation.

    The patient's words after a message that only they may see are theirs alone too: an answer tells what was asked.
    What may be urgent is given to a person at once (`urgency`), and what may be a wish for no more texts (`wishes`).
    A text or a mail is always taken; the portal takes nothing into a conversation that is done where the team does not
    want that (`hours`).

    `came_at`: it waited since then to be given to a patient. `sent_at` as of `texts`, `files` as in `post`.

    :raises Refusal: `key_reused`, `empty`, `too_long`, `hidden_characters`, `conversation_closed`, `too_many_files`,
        `file_gone`
    """
    attaching.must_fit(files, via)
    draft = Draft(key=key, via=via, text=words.body(body, may_be_empty=bool(files)), files=tuple(files))
    async with transaction() as tx:
        conversation = await _locked(conversation_id)
        print_of = await _fingerprint(conversation.organization_id, draft.asked)
        author = proxy_id or patient_id
        if first := await _earlier(conversation, author, key, print_of):
            return first, False
        if via is Via.PORTAL:
            await hours.must_take(conversation)
        message = await _write(conversation, author, draft, print_of)
        message.patient_id, message.proxy_id = patient_id, proxy_id
        await _answers(message, await _newest_of_staff(conversation))
        message.carrier_ref, message.sent_at, message.created_at = carrier_ref, sent_at, came_at or message.created_at
        await _remember(conversation, message, origin)
        await message.save(force_create=True)
        await indexing.keep(conversation, message.id, draft.text, at=message.created_at)
        await attaching.attach(conversation, message, draft.files, owner=author)
        await snoozes.patient_wrote(tx, conversation)
        await _advance(conversation, message, from_patient=True)
        await (answers.proxy_wrote(conversation) if proxy_id else answers.patient_wrote(conversation))
        await _record(tx, Did.MESSAGE_RECEIVED, conversation, message)
        await _heed(tx, conversation, message, draft.text)
        return message.id, True


async def _remember(conversation: models.Conversation, message: models.Message, origin: Origin | None) -> None:
    """Whose phone it was stays known with the words: what is on file may change, and they may be somebody else's."""
    if origin:
        ring = await keys.of(conversation.organization_id)
        message.sender_sealed = ring.seal("message", "sender", message.id, origin.sender)
        message.phone_number_id = origin.number
        if origin.number and message.proxy_id is None:
            await numbers.wrote_to(conversation, origin.number, message)


async def _heed(tx: Transaction, conversation: models.Conversation, message: models.Message, text: str) -> None:
    """What the patient's words ask of a person, and that other programs hear of them; who was archived is back."""
    await pushes.patient_wrote(conversation, is_urgent=await urgency.heard(tx, conversation, message, text))
    await wishes.written(tx, conversation, message, text)
    await patient_states.wrote(tx, conversation.patient_id)
    await outbox.of_conversation("message.received", conversation, [message.id])


async def _newest_of_staff(conversation: models.Conversation) -> models.Message | None:
    staffs = models.Message.filter(conversation_id=conversation.id, user_id__isnull=False, recalled_at=None)
    return await staffs.order_by("-number").first()


async def _answers(message: models.Message, answered: models.Message | None) -> None:
    """What the patient's words have of the team's newest: who may see them, and the broadcast that they answer."""
    if answered is None:
        return
    message.patient_only = message.proxy_id is None and answered.patient_only
    message.broadcast_id = answered.broadcast_id
    if answered.broadcast_id:
        theirs = models.BroadcastRecipient.filter(message_id=answered.id, replied_at=None)
        await theirs.update(replied_at=clock.now())


async def _locked(conversation_id: UUID) -> models.Conversation:
    return await models.Conversation.select_for_update(no_key=True).get(id=conversation_id)


async def _fingerprint(organization: UUID, asked: str) -> str:
    ring = await keys.of(organization)
    return ring.blind("message", hashlib.sha256(asked.encode()).hexdigest())


async def earlier(conversation: models.Conversation, author: UUID, draft: Draft) -> UUID | None:
    """The message that this draft was posted as before, inside another verb that holds the conversation's lock.

    :raises Refusal: `key_reused`
    """
    print_of = await _fingerprint(conversation.organization_id, draft.asked)
    return await _earlier(conversation, author, draft.key, print_of)


_EARLIER = Prepared(
    lambda conversation, author, key: models.Message.filter(conversation_id=conversation, author_id=author, key=key)
)


async def _earlier(conversation: models.Conversation, author: UUID, key: str, print_of: str) -> UUID | None:
    first = await _EARLIER.first(conversation.id, author, key)
    if first and first.fingerprint != print_of:
        sentence = "This was already sent with other words. Look at the conversation, then write again."
        raise Refusal(Kind.CONFLICT, "key_reused", sentence)
    return first.id if first else None


async def _must_have_seen(conversation: models.Conversation, seen: int | None, *, by: access.Staff) -> None:
    """A colleague's message that the writer has not seen stops the send and shows it."""
    if seen is None or seen >= conversation.last_number:
        return
    missed = await thread.after(conversation.id, seen)
    colleagues = [message for message in missed if message.sender.kind == "staff" and message.sender.id != by.user]
    if colleagues:
        sentence = f"{colleagues[-1].sender.name} wrote while you were writing. Read it, then send or change yours."
        raise Refusal(Kind.CONFLICT, "moved_on", sentence, extra={"missed": missed})


async def _write(conversation: models.Conversation, author: UUID, draft: Draft, print_of: str) -> models.Message:
    """The new message, numbered, not yet saved."""
    ring = await keys.of(conversation.organization_id)
    message_id = tokens.new_id()
    return models.Message(
        id=message_id,
        conversation_id=conversation.id,
        number=conversation.last_number + 1,
        rev=conversation.rev + 1,
        author_id=author,
        via=draft.via,
        key=draft.key,
        fingerprint=print_of,
        body_sealed=ring.seal("message", "body", message_id, draft.text),
        created_at=clock.now(),
    )


async def _advance(conversation: models.Conversation, message: models.Message, *, from_patient: bool) -> None:
    conversation.last_number = message.number
    conversation.last_message_id = message.id
    conversation.rev = message.rev
    conversation.is_open = True
    conversation.last_from_patient = from_patient
    conversation.way = way.after(conversation.way, message.via)
    conversation.updated_at = clock.now()
    if not from_patient:
        conversation.needs_reply_since = None
        conversation.trouble = None
        if conversation.assignee_id == message.user_id:
            # Whoever claimed it has answered: it is theirs.
            conversation.claimed_until = None
    elif conversation.needs_reply_since is None:
        conversation.needs_reply_since = message.created_at
    await conversation.save()


async def _pass_by(conversation: models.Conversation, message: models.Message) -> None:
    """A broadcast answers no question, opens nothing that is done, and moves nothing in the lists.

    Of a patient who waits, the row keeps showing what they said.
    """
    conversation.last_number, conversation.rev = message.number, message.rev
    if conversation.needs_reply_since is None:
        conversation.last_message_id, conversation.last_from_patient = message.id, False
    conversation.way = way.after(conversation.way, message.via)
    await conversation.save(update_fields=["last_number", "last_message_id", "rev", "last_from_patient", "way"])


async def _record(tx: Transaction, did: Did, conversation: models.Conversation, message: models.Message) -> None:
    data: dict[str, object] = {"conversation": conversation.id, "via": message.via}
    await audit.enter(
        did, organization=conversation.organization_id, about=message.id, patient=conversation.patient_id, data=data
    )
    fact = facts.MessagePosted(conversation=conversation.id, messages=[message.id])
    tx.record(fact, conversation.team_id, conversation.patient_id)
