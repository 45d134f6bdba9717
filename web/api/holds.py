"""Legal holds, for a clinic's admins: what is not deleted whatever else says so."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import holds, managing
from server.queries import hold_views
from server.queries import holds as known
from web.api import shapes
from web.api.registry import api

Why = Annotated[str, msgspec.Meta(max_length=2000)]
_WORDS = ("reason_needed", "too_long", "hidden_characters")


class NewHold(shapes.Asked, frozen=True):
    """Why; `id` is chosen by the page, so that a hold that is sent twice is one."""

    id: UUID
    reason: Why


class Lifted(shapes.Asked, frozen=True):
    """Why it may be lifted."""

    why: Why


class HoldsBefore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which page: the `next` of the one before it."""

    before: str | None = None


@api.get("/holds", answers={200: hold_views.Holds}, refuses=("not_allowed", "wrong_shape"))
async def list_holds(staff: access.Staff, query: HoldsBefore) -> hold_views.Holds:
    """The clinic's legal holds, also those that were lifted, for an admin."""
    managing.must_be_admin(staff)
    return await known.of_clinic(staff, query.before)


@api.post("/holds", answers={204: None}, refuses=("not_allowed", "key_reused", *_WORDS))
async def hold_clinic(staff: access.Staff, body: NewHold) -> None:
    """Nothing of my whole clinic is deleted from now on."""
    await holds.place(body.id, None, body.reason, by=staff)


@api.post("/patients/{patient}/holds", answers={204: None}, refuses=("not_allowed", "unknown", "key_reused", *_WORDS))
async def hold_patient(staff: access.Staff, patient: UUID, body: NewHold) -> None:
    """Nothing of this patient is deleted from now on."""
    await holds.place(body.id, patient, body.reason, by=staff)


@api.post("/holds/{hold}/lift", answers={204: None}, refuses=("not_allowed", "unknown", "prove_again", *_WORDS))
async def lift_hold(staff: access.Staff, hold: UUID, body: Lifted) -> None:
    """It is over. Again changes nothing."""
    await holds.lift(hold, body.why, by=staff)
