"""The lines of a conversation's timeline that are no messages."""

from datetime import datetime
from uuid import UUID

from server import clock, models, tokens
from server.models import EventKind


async def keep(
    conversation: models.Conversation,
    kind: EventKind,
    *,
    by: UUID | None,
    to: UUID | None = None,
    until: datetime | None = None,
    why: str | None = None,
) -> UUID:
    """Keep one line, inside another verb that holds the conversation's lock and tells the team; its id."""
    event = await models.Event.create(
        id=tokens.new_id(),
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        number=conversation.last_number,
        kind=kind,
        user_id=by,
        to_id=to,
        until=until,
        why=why,
        created_at=clock.now(),
    )
    return event.id
