"""Where I was mentioned."""

from uuid import UUID

import msgspec

from server import access
from server.domain import mentions as verbs
from server.queries import me_views, mentions
from web.api import shapes
from web.api.registry import api


class Mentions(msgspec.Struct, frozen=True):
    """Notes that call on me, the newest first."""

    mentions: list[me_views.Mention]


@api.get("/mentions", answers={200: Mentions})
async def list_mentions(staff: access.Staff) -> Mentions:
    """The newest 50 notes that call on me, in inboxes that I may read now."""
    return Mentions(await mentions.newest(staff))


@api.post("/conversations/{conversation}/mentions/seen", answers={204: None}, access="session")
async def mark_mentions_seen(staff: access.Staff, conversation: UUID, body: shapes.Nothing) -> None:
    """I look at this conversation. The page sends it by itself, so it is no act that keeps a session alive."""
    await verbs.mark_seen(conversation, by=staff)
