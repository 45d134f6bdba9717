"""How far broadcasts came: from everybody in the audience to who answered."""

from server.db import sql
from server.queries.report_views import Report
from server.queries.reports import table
from server.queries.reports.spans import Span

_WAYS = {"secure_sms": "Secure texts", "secure_email": "Secure e-mails", "sms": "Plain texts"}
_STEPS = {
    "audience": "In the audience",
    "posted": "Posted",
    "sent": "Sent",
    "delivered": "Delivered",
    "viewed": "Viewed",
    "answered": "Answered",
    "left_out": "Left out before it began",
    "failed": "Refused while it ran",
    "stopped": "Stopped by somebody",
}

# A text or mail that arrived counts as sent too, whatever report came first.
_FUNNEL = """
SELECT x.via, COUNT(*) AS audience, SUM(CASE WHEN x.state = 'posted' THEN 1 ELSE 0 END) AS posted,
  SUM(CASE WHEN x.arrived > 0 THEN 1 ELSE 0 END) AS sent, SUM(CASE WHEN x.arrived > 1 THEN 1 ELSE 0 END) AS delivered,
  SUM(x.viewed) AS viewed, SUM(x.answered) AS answered,
  SUM(CASE WHEN x.state = 'left_out' THEN 1 ELSE 0 END) AS left_out,
  SUM(CASE WHEN x.state = 'failed' THEN 1 ELSE 0 END) AS failed,
  SUM(CASE WHEN x.state = 'stopped' THEN 1 ELSE 0 END) AS stopped
FROM (
  SELECT r.via, r.state, CASE WHEN r.replied_at IS NULL THEN 0 ELSE 1 END AS answered,
    (SELECT MAX(CASE d.state WHEN 'delivered' THEN 2 WHEN 'sent' THEN 1 ELSE 0 END) FROM "delivery" d
     WHERE d.message_id = r.message_id) AS arrived,
    CASE WHEN EXISTS (SELECT 1 FROM "receipt" v WHERE v.message_id = r.message_id) THEN 1 ELSE 0 END AS viewed
  FROM "broadcast" b JOIN "broadcast_recipient" r ON r.broadcast_id = b.id
  WHERE {in_teams} AND b.began_at >= ? AND b.began_at < ?
) x GROUP BY x.via
"""


async def report(span: Span) -> Report:
    """All broadcasts that began in the span together: patients by step and by way."""
    found = await sql.fetch(_FUNNEL.format(in_teams=span.in_teams("b.team_id")), [*span.teams, *span.times])
    by_way = {str(row["via"]): row for row in found}
    rows = [(words, [table.number(by_way.get(way, {}).get(step)) for way in _WAYS]) for step, words in _STEPS.items()]
    columns = table.counts(*_WAYS.values())
    return table.of("broadcasts", span, labels="words", head="Patients", columns=columns, rows=rows)
