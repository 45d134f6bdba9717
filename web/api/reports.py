"""Reports for who supervises: each as a table, and the same as a file."""

from datetime import date
from uuid import UUID

from server import access
from server.domain import report_exports
from server.doors import downloads
from server.doors.downloads import Download
from server.queries import reports
from server.queries.report_views import Report, ReportName
from web.api.registry import api
from web.api.shapes import Asked


class ReportAsked(Asked, frozen=True):
    """Which report, of which days of the clinic's calendar (both of them in it, 400 at most), of one team or all."""

    name: ReportName
    first: date
    last: date
    team: UUID | None = None


@api.get("/reports", answers={200: Report}, refuses=("not_allowed", "no_time", "unknown"))
async def show_report(staff: access.Staff, query: ReportAsked) -> Report:
    """A report of my clinic, for who supervises: counts, and nobody's name or words."""
    return await reports.of(query.name, query.first, query.last, query.team, staff)


@api.post("/reports/export", answers={200: None}, refuses=("not_allowed", "no_time", "unknown"))
async def export_report(staff: access.Staff, body: ReportAsked) -> Download:
    """The same as CSV, to be saved. Goes on record."""
    made = await report_exports.of_clinic(body.name, body.first, body.last, body.team, by=staff)
    return downloads.saved(made.content, made.media_type, made.name)
