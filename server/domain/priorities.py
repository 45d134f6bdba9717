"""What must not wait its turn stands first among what needs a reply, until it is done."""

from uuid import UUID

from server import access, audit, facts, models
from server.audit import Did
from server.db import transaction
from server.domain import events
from server.models import EventKind


async def mark(conversation_id: UUID, *, is_priority: bool, by: access.Staff) -> None:
    """Put the mark on a conversation, or take it off. The same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if conversation.is_priority is is_priority:
            return
        conversation.is_priority = is_priority
        conversation.rev += 1
        await conversation.save(update_fields=["is_priority", "rev"])
        kind = EventKind.MARKED if is_priority else EventKind.UNMARKED
        event = await events.keep(conversation, kind, by=by.user)
        await _enter(conversation)
        tx.record(facts.ConversationChanged(conversation=conversation.id, events=[event]), conversation.team_id)


async def _enter(conversation: models.Conversation) -> None:
    await audit.enter(
        Did.CONVERSATION_MARKED if conversation.is_priority else Did.CONVERSATION_UNMARKED,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
    )
