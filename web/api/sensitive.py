"""Sensitive conversations: who may open one, and who of the team no longer sees it."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import audits, sensitive
from server.queries import guard_views, inbox, named, unopened, views
from web.api import shapes
from web.api.registry import api


class MayOpen(shapes.Asked, frozen=True):
    """Who may open it beside whoever has it."""

    named: Annotated[list[UUID], msgspec.Meta(max_length=20)]


@api.get("/conversations/{conversation}/guard", answers={200: guard_views.Guarded})
async def show_guard(staff: access.Staff, conversation: UUID) -> guard_views.Guarded:
    """Whether a conversation is sensitive, and who is named at it."""
    return await named.of(staff, await access.conversation(staff, conversation))


@api.post(
    "/conversations/{conversation}/guard",
    answers={200: views.Row},
    refuses=("not_allowed", "cannot_read", "nobody_left"),
)
async def guard(staff: access.Staff, conversation: UUID, body: MayOpen) -> views.Row:
    """Hide it from all of the team but who has it and these people."""
    await sensitive.guard(conversation, body.named, by=staff)
    return (await inbox.rows([conversation]))[conversation]


@api.post("/conversations/{conversation}/unguard", answers={200: views.Row}, refuses=("not_allowed",))
async def unguard(staff: access.Staff, conversation: UUID, body: shapes.Nothing) -> views.Row:
    """Let the whole team see it again."""
    await sensitive.unguard(conversation, by=staff)
    return (await inbox.rows([conversation]))[conversation]


class AllUnopened(msgspec.Struct, frozen=True):
    """A hundred at the most, where a patient waits first."""

    conversations: list[guard_views.Unopened]


@api.get("/unopened", answers={200: AllUnopened}, refuses=("not_allowed",))
async def list_unopened(staff: access.Staff) -> AllUnopened:
    """The sensitive conversations of my clinic that nobody can open, for an admin: not with whom they are."""
    audits.must_be_admin(staff)
    return AllUnopened(await unopened.of_clinic(staff))


@api.post("/unopened/{conversation}", answers={204: None}, refuses=("prove_again", "cannot_read"))
async def open_up(staff: access.Staff, conversation: UUID, body: MayOpen) -> None:
    """As an admin, name who may open it; without a name its whole team may. All admins are told."""
    await sensitive.open_up(conversation, body.named, by=staff)
