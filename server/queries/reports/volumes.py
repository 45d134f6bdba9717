"""How many messages there were. What was taken back counts in no report."""

from server.db import sql
from server.queries.report_views import Report, ReportColumn
from server.queries.reports import table
from server.queries.reports.spans import Span

_COLUMNS = {
    "asked": ReportColumn("From patients"),
    "answered": ReportColumn("From staff"),
    "broadcast": ReportColumn("In broadcasts"),
}


async def report(span: Span) -> Report:
    """By day or week: what patients wrote, what staff wrote to one, and what they wrote to many."""
    found = await sql.fetch(
        f"SELECT {span.bucket(sql.seconds('m.created_at'))} AS bucket,"  # noqa: S608 - our own words
        " SUM(CASE WHEN m.user_id IS NULL THEN 1 ELSE 0 END) AS asked,"
        " SUM(CASE WHEN m.user_id IS NOT NULL AND m.broadcast_id IS NULL THEN 1 ELSE 0 END) AS answered,"
        " SUM(CASE WHEN m.user_id IS NOT NULL AND m.broadcast_id IS NOT NULL THEN 1 ELSE 0 END) AS broadcast"
        ' FROM "message" m JOIN "conversation" c ON c.id = m.conversation_id'
        f" WHERE m.created_at >= ? AND m.created_at < ? AND m.recalled_at IS NULL AND {span.in_teams('c.team_id')}"
        " GROUP BY 1",
        [*span.times, *span.teams],
    )
    return table.over_time("volumes", span, found, _COLUMNS)
