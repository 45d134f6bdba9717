"""What a clinic's admins should look at."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import audits, clinic_alarms
from server.queries import clinic_alarms as raised
from server.queries import guard_views
from web.api import shapes
from web.api.registry import api


class Looked(shapes.Asked, frozen=True):
    """What an admin found out; it may be empty."""

    note: Annotated[str, msgspec.Meta(max_length=1000)] = ""


@api.get("/alarms", answers={200: guard_views.Alarms}, refuses=("not_allowed",))
async def list_alarms(staff: access.Staff) -> guard_views.Alarms:
    """What was out of the ordinary in my clinic, for an admin."""
    audits.must_be_admin(staff)
    return guard_views.Alarms(await raised.of_clinic(staff))


@api.post(
    "/alarms/{alarm}/seen", answers={204: None}, refuses=("not_allowed", "unknown", "too_long", "hidden_characters")
)
async def see_alarm(staff: access.Staff, alarm: UUID, body: Looked) -> None:
    """I have looked into it."""
    await clinic_alarms.see(alarm, body.note, by=staff)
