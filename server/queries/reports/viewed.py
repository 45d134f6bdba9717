"""How long it takes from the notice of a secure message to when the patient, or who acts for them, sees it."""

from server.db import sql
from server.queries.report_views import Report
from server.queries.reports import table
from server.queries.reports.spans import Span

_STEPS = (
    (300, "Within 5 minutes"),
    (3_600, "Within an hour"),
    (14_400, "Within 4 hours"),
    (86_400, "Within a day"),
    (259_200, "Within 3 days"),
)
_LATER, _NOT = "Later", "Not viewed"

# What was written and never went to anybody could not be seen.
_SEEN = """
SELECT {step} AS step, x.via, COUNT(*) AS many FROM (
  SELECT m.via, {seen} - {told} AS took FROM (
    SELECT m.via, m.created_at,
      (SELECT MIN(v.created_at) FROM "receipt" v WHERE v.message_id = m.id) AS seen_at,
      (SELECT MIN(d.taken_at) FROM "delivery" d
       WHERE d.message_id = m.id AND d.state IN ('sent', 'delivered')) AS told_at
    FROM "message" m JOIN "conversation" c ON c.id = m.conversation_id
    WHERE m.created_at >= ? AND m.created_at < ? AND m.recalled_at IS NULL AND m.user_id IS NOT NULL
      AND m.via IN ('secure_sms', 'secure_email') AND {in_teams}
      AND EXISTS (SELECT 1 FROM "delivery" d WHERE d.message_id = m.id AND d.state IN ('sent', 'delivered'))
  ) m
) x GROUP BY 1, 2
"""


async def report(span: Span) -> Report:
    """Secure messages by how soon they were first seen, and by the way they were to go."""
    cases = " ".join(f"WHEN x.took <= {most} THEN {number}" for number, (most, _) in enumerate(_STEPS))
    statement = _SEEN.format(
        step=f"CASE WHEN x.took IS NULL THEN {len(_STEPS) + 1} {cases} ELSE {len(_STEPS)} END",
        seen=sql.seconds("m.seen_at"),
        told=sql.seconds("COALESCE(m.told_at, m.created_at)"),
        in_teams=span.in_teams("c.team_id"),
    )
    found = await sql.fetch(statement, [*span.times, *span.teams])
    many = {(table.number(row["step"]), str(row["via"])): table.number(row["many"]) for row in found}
    names = [*(name for _, name in _STEPS), _LATER, _NOT]
    rows = [
        (name, [many.get((step, via), 0) for via in ("secure_sms", "secure_email")]) for step, name in enumerate(names)
    ]
    columns = table.counts("By text", "By e-mail")
    return table.of("viewed", span, labels="words", head="Viewed after the notice", columns=columns, rows=rows)
