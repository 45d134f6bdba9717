"""What the gate said in a conversation."""

from uuid import UUID

import msgspec

from server import models
from server.queries import views

NEWEST = 50


async def of(conversation: UUID) -> list[views.Decision]:
    """The newest decisions of a conversation, the newest first."""
    rows = models.Decision.filter(conversation_id=conversation).order_by("-created_at", "-id").limit(NEWEST)
    return [_view(row) for row in await rows]


def _view(row: models.Decision) -> views.Decision:
    shown = {
        "at": row.created_at,
        "path": row.path,
        "carries": row.via,
        "outcome": row.outcome,
        "reasons": row.reasons.split(),
        "message": row.message_id,
        "delivery": row.delivery_id,
    }
    return msgspec.convert(shown, views.Decision)
