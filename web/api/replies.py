"""Saved replies: what a clinic says often."""

from uuid import UUID

from server import access
from server.domain import saved_replies as verbs
from server.models import ReplyContent
from server.queries import reply_views, saved_replies
from web.api import shapes
from web.api.registry import api

_WRONG = (
    "unknown",
    "not_allowed",
    "empty",
    "too_long",
    "hidden_characters",
    "no_language",
    "not_a_shortcut",
    "unknown_variable",
    "shortcut_taken",
)


@api.get("/replies", answers={200: reply_views.SavedReplies})
async def list_replies(staff: access.Staff) -> reply_views.SavedReplies:
    """The saved replies that I can use; all of my clinic's for who may change them."""
    return reply_views.SavedReplies(await saved_replies.shown_to(staff))


@api.post("/replies", answers={201: reply_views.SavedReply}, refuses=(*_WRONG, "too_many_replies"))
async def create_reply(staff: access.Staff, body: shapes.NewReply) -> tuple[int, reply_views.SavedReply]:
    """Add a reply to my clinic's."""
    return 201, await saved_replies.shown(await verbs.create(_said(body), by=staff))


@api.put("/replies/{reply}", answers={200: reply_views.SavedReply}, refuses=_WRONG)
async def change_reply(staff: access.Staff, reply: UUID, body: shapes.NewReply) -> reply_views.SavedReply:
    """Put this in place of what it was."""
    return await saved_replies.shown(await verbs.change(reply, _said(body), by=staff))


@api.delete("/replies/{reply}", answers={204: None}, refuses=("unknown", "not_allowed"))
async def retire_reply(staff: access.Staff, reply: UUID) -> None:
    """Offer it no more."""
    await verbs.retire(reply, by=staff)


def _said(body: shapes.NewReply) -> verbs.Said:
    return verbs.Said(body.title, body.shortcut, body.bodies, ReplyContent(body.content), body.team)
