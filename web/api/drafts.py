"""What somebody has begun to write: for themselves, on whichever screen they go on.

The page sends it by itself, so it is no act that keeps a session alive.
"""

from uuid import UUID

from server import access
from server.domain import drafts
from server.models import DraftKind, Via
from server.queries import draft_views
from server.queries import drafts as begun
from web.api import shapes
from web.api.registry import api


@api.get("/conversations/{conversation}/draft", answers={200: draft_views.Drafts})
async def show_draft(staff: access.Staff, conversation: UUID) -> draft_views.Drafts:
    """What I have begun to write in a conversation."""
    return await begun.mine(staff, conversation)


@api.put(
    "/conversations/{conversation}/draft",
    answers={204: None},
    refuses=("not_allowed", "too_long", "hidden_characters"),
    access="session",
)
async def keep_draft(staff: access.Staff, conversation: UUID, body: shapes.NewDraft) -> None:
    """Keep it in place of what I had begun; an empty one ends it."""
    await drafts.keep(
        conversation,
        DraftKind(body.kind),
        body.body,
        by=staff,
        via=Via(body.via) if body.via else None,
        both=body.both,
        patient_only=body.patient_only,
        screen=body.screen,
    )
