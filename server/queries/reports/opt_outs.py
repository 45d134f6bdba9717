"""Who wants no more from us, and who wants to hear from us again."""

from server.db import sql
from server.queries.report_views import Report, ReportColumn
from server.queries.reports import table
from server.queries.reports.spans import Span

_COLUMNS = {
    "no_texts": ReportColumn("No more texts"),
    "no_mails": ReportColumn("No more e-mails"),
    "texts": ReportColumn("Texts again"),
    "mails": ReportColumn("E-mails again"),
}

# One wish has a line for each number of ours. That of a mailbox is told to the clinic, and is no team's.
_WISHES = """
SELECT x.bucket, {columns} FROM (
  SELECT {bucket} AS bucket, o.contact_index, o.stops, CASE WHEN n.id IS NULL THEN 1 ELSE 0 END AS is_mail
  FROM "opt_out" o LEFT JOIN "phone_number" n ON n.id = o.sender_id
  WHERE o.organization_id = ? AND o.created_at >= ? AND o.created_at < ?
    AND ({in_teams}{or_mails})
) x GROUP BY x.bucket
"""


async def report(span: Span) -> Report:
    """By day or week: phones and mailboxes that said so, each counted once."""
    chosen = {"no_texts": "x.stops AND x.is_mail = 0", "no_mails": "x.stops AND x.is_mail = 1"}
    chosen |= {"texts": "NOT x.stops AND x.is_mail = 0", "mails": "NOT x.stops AND x.is_mail = 1"}
    count = "COUNT(DISTINCT CASE WHEN {} THEN x.contact_index END) AS {}"
    statement = _WISHES.format(
        columns=", ".join(count.format(where, name) for name, where in chosen.items()),
        bucket=span.bucket(sql.seconds("o.created_at")),
        in_teams=span.in_teams("n.team_id"),
        or_mails=" OR n.id IS NULL" if span.is_whole else "",
    )
    found = await sql.fetch(statement, [span.organization, *span.times, *span.teams])
    return table.over_time("opt_outs", span, found, _COLUMNS)
