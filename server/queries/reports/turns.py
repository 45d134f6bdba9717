"""From a patient's question to what ended it: the first words that nobody had answered, and the answer to them.

It is the clock of `domain/questions.py`, read from what is kept: an answer of staff ends it, or *done* with a reason
that nobody took back. A broadcast answers nobody, and what was taken back was not said.
"""

from server.db import sql
from server.queries.reports.spans import Span

# A conversation that nobody touched since the first day is in it only if its patient waits still.
_TURNS = """
WITH lately AS (
  SELECT c.id FROM "conversation" c
  WHERE {in_teams} AND (c.updated_at >= ? OR c.needs_reply_since IS NOT NULL)
), ended AS (
  SELECT e.conversation_id, e.number, e.created_at, e.kind, e.why,
    LEAD(e.kind) OVER (PARTITION BY e.conversation_id ORDER BY e.created_at, e.id) AS after
  FROM lately l JOIN "event" e ON e.conversation_id = l.id WHERE e.kind IN ('done', 'reopened')
), said AS (
  SELECT m.conversation_id AS conversation, m.number, 0 AS place, {message_at} AS at,
    CASE WHEN m.user_id IS NULL THEN 'asked' ELSE 'answered' END AS what
  FROM lately l JOIN "message" m ON m.conversation_id = l.id
  WHERE m.recalled_at IS NULL AND (m.user_id IS NULL OR m.broadcast_id IS NULL)
  UNION ALL
  SELECT d.conversation_id, d.number, 1, {event_at}, 'closed' FROM ended d
  WHERE d.kind = 'done' AND d.why IS NOT NULL AND (d.after IS NULL OR d.after <> 'reopened')
), turned AS (
  SELECT s.conversation, s.number, s.place, s.at, s.what,
    LAG(s.what) OVER (PARTITION BY s.conversation ORDER BY s.number, s.place) AS before
  FROM said s
), turns AS (
  SELECT t.what, t.at,
    LEAD(t.at) OVER (PARTITION BY t.conversation ORDER BY t.number, t.place) AS ended,
    LEAD(t.what) OVER (PARTITION BY t.conversation ORDER BY t.number, t.place) AS how
  FROM turned t
  WHERE CASE WHEN t.what = 'asked' THEN 1 ELSE 0 END <> CASE WHEN t.before = 'asked' THEN 1 ELSE 0 END
)
"""


def of(span: Span) -> tuple[str, list[object]]:
    """A WITH clause, and its values. `turns` has a row for each question (`what = 'asked'`): it came `at` a second and
    `ended` at another, both since 1970, by `how`: `answered` or `closed`; neither is there while the patient waits.
    """
    clause = _TURNS.format(
        in_teams=span.in_teams("c.team_id"),
        message_at=sql.seconds("m.created_at"),
        event_at=sql.seconds("d.created_at"),
    )
    return clause, [*span.teams, sql.as_time(span.since)]
