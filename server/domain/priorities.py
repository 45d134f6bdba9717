"""What must not wait its turn stands first among what needs a reply, until it is done."""

from uuid import UUID

from server import access, audit, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import events
from server.models import EventKind

BY_WORDS = "urgent_words"


async def mark(conversation_id: UUID, *, is_priority: bool, by: access.Staff) -> None:
    """Put the mark on a conversation, or take it off. The same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if conversation.is_priority is is_priority:
            return
        await _put(tx, conversation, is_priority=is_priority, by=by.user)


async def urge(tx: Transaction, conversation: models.Conversation) -> None:
    """Put it on because words may be urgent, inside the verb that keeps them and holds the conversation's lock."""
    if not conversation.is_priority:
        await _put(tx, conversation, is_priority=True, by=None, why=BY_WORDS)


async def calm(tx: Transaction, conversation: models.Conversation, *, by: UUID) -> None:
    """Take off what words alone had put on, inside the verb that judges them; what a person put on stays."""
    kinds = (EventKind.MARKED, EventKind.UNMARKED)
    lines = models.Event.filter(conversation_id=conversation.id, kind__in=kinds)
    last = await lines.order_by("-number", "-created_at", "-id").first()
    if conversation.is_priority and last and last.why == BY_WORDS:
        await _put(tx, conversation, is_priority=False, by=by, why="not_urgent")


async def _put(
    tx: Transaction, conversation: models.Conversation, *, is_priority: bool, by: UUID | None, why: str | None = None
) -> None:
    conversation.is_priority = is_priority
    conversation.rev += 1
    await conversation.save(update_fields=["is_priority", "rev"])
    kind = EventKind.MARKED if is_priority else EventKind.UNMARKED
    event = await events.keep(conversation, kind, by=by, why=why)
    await _enter(conversation)
    tx.record(facts.ConversationChanged(conversation=conversation.id, events=[event]), conversation.team_id)


async def _enter(conversation: models.Conversation) -> None:
    await audit.enter(
        Did.CONVERSATION_MARKED if conversation.is_priority else Did.CONVERSATION_UNMARKED,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
    )
