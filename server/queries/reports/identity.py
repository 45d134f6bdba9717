"""What became of the question who somebody is, by the patient's language: a gap between two is a fault of words."""

from server.db import sql
from server.queries.report_views import Report
from server.queries.reports import table
from server.queries.reports.spans import Span

_OUTCOMES = {
    "at_once": "Right at once",
    "retried": "Right after a wrong try",
    "locked": "Locked",
    "wrong": "Gave up after a wrong try",
    "left": "Did not answer",
}

_SESSIONS = """
SELECT x.language, x.outcome, COUNT(*) AS many FROM (
  SELECT p.language, CASE
    WHEN s.verified_at IS NOT NULL AND t.session_id IS NULL THEN 'at_once'
    WHEN s.verified_at IS NOT NULL THEN 'retried'
    WHEN t.locked = 1 THEN 'locked'
    WHEN t.session_id IS NOT NULL THEN 'wrong'
    ELSE 'left' END AS outcome
  FROM "portal_session" s
  JOIN "conversation" c ON c.id = s.conversation_id
  JOIN "patient" p ON p.id = s.patient_id
  LEFT JOIN (
    SELECT i.session_id, MAX(CASE WHEN i.paused_until IS NOT NULL THEN 1 ELSE 0 END) AS locked
    FROM "identity_try" i WHERE i.organization_id = ? AND i.created_at >= ? GROUP BY i.session_id
  ) t ON t.session_id = s.id
  WHERE s.organization_id = ? AND s.created_at >= ? AND s.created_at < ? AND {in_teams}
) x GROUP BY x.language, x.outcome
"""


async def report(span: Span) -> Report:
    """Each time that somebody pressed a link in the span: whether they were confirmed, and how."""
    since, until = span.times
    statement = _SESSIONS.format(in_teams=span.in_teams("c.team_id"))
    values = [span.organization, since, span.organization, since, until, *span.teams]
    by_language: dict[str, dict[str, int]] = {}
    for row in await sql.fetch(statement, values):
        outcomes = by_language.setdefault(str(row["language"]), dict.fromkeys(_OUTCOMES, 0))
        outcomes[str(row["outcome"])] = table.number(row["many"])
    rows = sorted(by_language.items(), key=lambda line: (-sum(line[1].values()), line[0]))
    return table.of(
        "identity",
        span,
        labels="language",
        head="Language",
        columns=table.counts(*_OUTCOMES.values()),
        rows=[(language, list(outcomes.values())) for language, outcomes in rows],
    )
