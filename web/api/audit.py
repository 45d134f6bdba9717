"""The audit, for the clinic's admins: who did or saw what, and the same as a file."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server import access
from server.domain import audit_exports, audits
from server.doors import downloads
from server.doors.downloads import Download
from server.queries import audit_views
from web.api.registry import api
from web.api.shapes import Asked, Short

At = Annotated[datetime, msgspec.Meta(tz=True)]


class AuditAsked(Asked, frozen=True):
    """Which entries. `about` is the id of a link, a file or a message, `source` a network address; `before` a page."""

    patient: UUID | None = None
    person: UUID | None = None
    about: UUID | None = None
    sort: audit_views.ActSort | None = None
    failed: bool = False
    source: Annotated[str, msgspec.Meta(max_length=45)] | None = None
    since: At | None = None
    until: At | None = None
    before: Short | None = None


class SeersAsked(Asked, frozen=True):
    """In which time; ever without one."""

    since: At | None = None
    until: At | None = None


class AuditWanted(Asked, frozen=True):
    """As what, and of which time."""

    format: Literal["csv", "ndjson"]
    since: At
    until: At


@api.get("/audit", answers={200: audit_views.AuditPage}, refuses=("not_allowed", "unknown"))
async def read_audit(staff: access.Staff, query: AuditAsked) -> audit_views.AuditPage:
    """Fifty entries of my clinic's audit, the newest first, for an admin. Asking goes on record, once a question."""
    asked = {name: getattr(query, name) for name in query.__struct_fields__ if name != "before"}
    return await audits.lines(audits.Question(**asked), before=query.before, by=staff)


@api.get("/patients/{patient}/seen-by", answers={200: audit_views.Seers}, refuses=("not_allowed", "unknown"))
async def list_seers(staff: access.Staff, patient: UUID, query: SeersAsked) -> audit_views.Seers:
    """Everybody who saw something of a patient, for an admin. Asking goes on record."""
    return await audits.seers(patient, since=query.since, until=query.until, by=staff)


@api.post("/audit/export", answers={200: None}, refuses=("not_allowed", "prove_again", "too_many", "no_time"))
async def export_audit(staff: access.Staff, body: AuditWanted) -> Download:
    """The audit of a time as a table or as lines of JSON with the seals, to be saved. Goes on record."""
    taken = await audit_exports.of_clinic(body.format, body.since, body.until, by=staff)
    return downloads.streamed(taken.pieces, taken.media_type, taken.name)
