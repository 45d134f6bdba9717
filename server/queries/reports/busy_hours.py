"""When patients write."""

from server.db import sql
from server.queries.report_views import Report
from server.queries.reports import table
from server.queries.reports.spans import Span

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


async def report(span: Span) -> Report:
    """Messages from patients by hour, a column for each day of the week."""
    at = sql.seconds("m.created_at")
    found = await sql.fetch(
        f"SELECT {span.hour(at)} AS hour, {span.weekday(at)} AS weekday, COUNT(*) AS many"  # noqa: S608 - our own words
        ' FROM "message" m JOIN "conversation" c ON c.id = m.conversation_id'
        " WHERE m.created_at >= ? AND m.created_at < ? AND m.recalled_at IS NULL AND m.user_id IS NULL"
        f" AND {span.in_teams('c.team_id')} GROUP BY 1, 2",
        [*span.times, *span.teams],
    )
    many = {(table.number(row["hour"]), table.number(row["weekday"])): table.number(row["many"]) for row in found}
    rows = [(f"{hour:02}:00", [many.get((hour, day), 0) for day in range(7)]) for hour in range(24)]
    return table.of("busy_hours", span, labels="hour", head="Hour", columns=table.counts(*DAYS), rows=rows)
