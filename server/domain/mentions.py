"""A note calls on colleagues: each hears of it wherever they are, until they look."""

from collections.abc import Sequence
from uuid import UUID

from server import access, clock, facts, models, tokens
from server.db import Transaction, transaction
from server.domain import pushes
from server.domain.pushes import What
from server.errors import Kind, Refusal
from server.queries import named, work_views


async def must_be_readers(
    conversation: models.Conversation, users: Sequence[UUID], *, by: UUID
) -> list[work_views.Colleague]:
    """The colleagues that a note calls on, once each and without its author.

    :raises Refusal: `cannot_read`: one of them may not read the conversation, or is nobody
    """
    others = [user for user in dict.fromkeys(users) if user != by]
    if not others:
        return []
    may = await named.readers(conversation)
    if any(user not in may for user in others):
        sentence = "Somebody you mention cannot read this conversation. Take their name out, then add the note."
        raise Refusal(Kind.CONFLICT, "cannot_read", sentence)
    return [may[user] for user in others]


async def keep(tx: Transaction, note: models.Note, called: Sequence[work_views.Colleague]) -> None:
    """Inside the verb that writes the note: remember whom it calls on, and tell each in their own Stream."""
    if not called:
        return
    rows = [
        models.Mention(id=tokens.new_id(), note_id=note.id, user_id=each.id, created_at=note.created_at)
        for each in called
    ]
    await models.Mention.bulk_create(rows)
    await pushes.ring(note.organization_id, note.conversation_id, What.MENTIONED, [each.id for each in called])
    tx.record(facts.Mentioned(conversation=note.conversation_id, note=note.id), *(each.id for each in called))


async def mark_seen(conversation_id: UUID, *, by: access.Staff) -> None:
    """This person looks at the conversation: whatever calls on them there has been seen. Again changes nothing.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        conversation = await access.conversation(by, conversation_id)
        unseen = models.Mention.filter(user_id=by.user, seen_at=None, note__conversation_id=conversation.id)
        if ids := await unseen.values_list("id", flat=True):
            await models.Mention.filter(id__in=list(ids)).update(seen_at=clock.now())
            tx.record(facts.MentionsSeen(conversation=conversation.id), by.user)
