"""What did not arrive, and why."""

from server import reasons
from server.db import sql
from server.queries.report_views import Report
from server.queries.reports import table
from server.queries.reports.spans import Span

_WAYS = ("text", "notice_sms", "notice_email")

_TRIED = """
SELECT d.carries, d.state, d.reason, COUNT(*) AS many
FROM "message" m JOIN "conversation" c ON c.id = m.conversation_id JOIN "delivery" d ON d.message_id = m.id
WHERE m.created_at >= ? AND m.created_at < ? AND m.recalled_at IS NULL
  AND d.state IN ('sent', 'delivered', 'failed') AND {in_teams}
GROUP BY d.carries, d.state, d.reason
"""


async def report(span: Span) -> Report:
    """By reason: what failed of what was tried, a new try for itself; the total is of all that were tried."""
    statement = _TRIED.format(in_teams=span.in_teams("c.team_id"))
    tried = dict.fromkeys(_WAYS, 0)
    failed: dict[str, dict[str, int]] = {}
    for row in await sql.fetch(statement, [*span.times, *span.teams]):
        way, many = str(row["carries"]), table.number(row["many"])
        tried[way] += many
        if row["state"] == "failed":
            words = _words(str(row["reason"]) if row["reason"] else None)
            ways = failed.setdefault(words, dict.fromkeys(_WAYS, 0))
            ways[way] += many
    rows = sorted(failed.items(), key=lambda line: (-sum(line[1].values()), line[0]))
    return table.of(
        "failures",
        span,
        labels="words",
        head="Reason",
        columns=table.counts("Texts", "Notices by text", "Notices by e-mail"),
        rows=[(words, list(ways.values())) for words, ways in rows],
        total=list(tried.values()),
    )


def _words(code: str | None) -> str:
    said = reasons.of(code)
    words = said.words if said else "nobody said why"
    return words[0].upper() + words[1:]
