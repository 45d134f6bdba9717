"""A message went to the wrong person: its team says so, and admins look into it."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access
from server.domain import audits, incident_exports, incidents
from server.doors import downloads
from server.doors.downloads import Download
from server.queries import incident_views
from server.queries import incidents as known
from web.api import shapes
from web.api.exports import Wanted
from web.api.registry import api

Said = Annotated[str, msgspec.Meta(max_length=10_000)]


class WentWrong(shapes.Asked, frozen=True):
    """What happened, as who noticed it says it."""

    account: Said


class Weighed(shapes.Asked, frozen=True):
    """The four factors of 45 CFR 164.402(2), and what follows from them."""

    nature: Said
    recipient: Said
    viewed: Said
    mitigation: Said
    is_breach: bool


class Before(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which page: the `next` of the one before it."""

    before: str | None = None


_WORDS = ("reason_needed", "too_long", "hidden_characters")


@api.post("/messages/{message}/misdirected", answers={201: incident_views.Stopped}, refuses=("not_allowed", *_WORDS))
async def report_misdirected(staff: access.Staff, message: UUID, body: WentWrong) -> tuple[int, incident_views.Stopped]:
    """It went to the wrong person: stop it as far as it can be, and open an incident. Again: the same one."""
    row = await incidents.open_for(message, body.account, by=staff)
    return 201, incident_views.Stopped(row.id, row.taken_back, row.viewed_at, row.links)


@api.get("/incidents", answers={200: incident_views.Incidents}, refuses=("not_allowed", "wrong_shape"))
async def list_incidents(staff: access.Staff, query: Before) -> incident_views.Incidents:
    """Messages of my clinic that went to the wrong person, for an admin."""
    audits.must_be_admin(staff)
    return await known.of_clinic(staff, query.before)


@api.get("/incidents/{incident}", answers={200: incident_views.IncidentRecord}, refuses=("not_allowed", "unknown"))
async def show_incident(staff: access.Staff, incident: UUID) -> incident_views.IncidentRecord:
    """All that is known of one, for an admin. Asking goes on record."""
    return await incident_exports.read(incident, by=staff)


@api.post(
    "/incidents/{incident}/close",
    answers={204: None},
    refuses=("not_allowed", "unknown", "already_settled", *_WORDS),
)
async def close_incident(staff: access.Staff, incident: UUID, body: Weighed) -> None:
    """I have weighed it. The same again changes nothing."""
    told = incident_views.Assessment(**msgspec.structs.asdict(body))
    await incidents.close(incident, told, by=staff)


@api.post(
    "/incidents/{incident}/export",
    answers={200: None},
    refuses=("not_allowed", "unknown", "prove_again", "too_many"),
)
async def export_incident(staff: access.Staff, incident: UUID, body: Wanted) -> Download:
    """All that is known of one, to be saved. Goes on record with the hash of its content."""
    made = await incident_exports.of_incident(incident, body.format, by=staff)
    return downloads.saved(made.content, made.media_type, made.name)
