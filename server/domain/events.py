"""The lines of a conversation's timeline that are no messages."""

from datetime import datetime
from uuid import UUID

from server import clock, keys, models, tokens
from server.models import EventKind


async def keep(
    conversation: models.Conversation,
    kind: EventKind,
    *,
    by: UUID | None,
    to: UUID | None = None,
    until: datetime | None = None,
    why: str | None = None,
    words: str = "",
) -> UUID:
    """Keep one line, inside another verb that holds the conversation's lock and tells the team; its id."""
    event_id, ring = tokens.new_id(), await keys.of(conversation.organization_id)
    await models.Event.create(
        id=event_id,
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        number=conversation.last_number,
        kind=kind,
        user_id=by,
        to_id=to,
        until=until,
        why=why,
        words_sealed=ring.seal("event", "words", event_id, words) if words else None,
        created_at=clock.now(),
    )
    return event_id
