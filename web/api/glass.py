"""Emergency access to a patient: taken, ended, and looked at by the clinic's admins."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import audits, glass
from server.queries import glass as seen
from server.queries import guard_views
from web.api import shapes
from web.api.registry import api


class Emergency(shapes.Asked, frozen=True):
    """Why, and for how many minutes."""

    reason: Annotated[str, msgspec.Meta(max_length=1000)]
    minutes: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = glass.LONGEST


@api.post(
    "/patients/{patient}/emergency",
    answers={201: guard_views.Glass},
    refuses=("prove_again", "wrong_length", "reason_needed", "too_long", "hidden_characters"),
)
async def break_glass(staff: access.Staff, patient: UUID, body: Emergency) -> tuple[int, guard_views.Glass]:
    """Read all conversations with a patient in this session for up to an hour; the admins are told at once."""
    row = await glass.break_for(patient, body.reason, body.minutes, by=staff)
    return 201, await seen.one(staff, row.id)


@api.get("/emergency", answers={200: guard_views.Glasses})
async def list_own_glass(staff: access.Staff) -> guard_views.Glasses:
    """What I may read by emergency access now, in this session."""
    return guard_views.Glasses(await seen.mine(staff))


@api.get("/emergency/all", answers={200: guard_views.Glasses}, refuses=("not_allowed",))
async def list_glass(staff: access.Staff) -> guard_views.Glasses:
    """The newest hundred of my clinic, for an admin."""
    audits.must_be_admin(staff)
    return guard_views.Glasses(await seen.of_clinic(staff))


@api.post("/emergency/{glass_id}/end", answers={204: None})
async def end_glass(staff: access.Staff, glass_id: UUID, body: shapes.Nothing) -> None:
    """End it before its time: mine, or as an admin anybody's."""
    await glass.end(glass_id, by=staff)
