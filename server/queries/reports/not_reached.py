"""Whom we do not reach, by language and by what is on file: a gap is a reason to call, or to ask for another way.

Each patient is in one column. Who wrote to us in the span was reached, whatever became of what we sent.
"""

from server.db import sql
from server.queries.report_views import Labels, Report, ReportName
from server.queries.reports import table
from server.queries.reports.spans import Span

_FATES = {
    "no_way": "No phone or e-mail",
    "stopped": "Want nothing from us",
    "undelivered": "Nothing arrived",
    "not_viewed": "Nothing was viewed",
    "reached": "Reached",
    "not_written": "Nothing was sent",
}
_BY_CONTACT = {"both": "Phone and e-mail", "phone": "Only a phone", "email": "Only an e-mail", "none": "Neither"}

_KIND = """
CASE WHEN p.phone_index IS NULL AND p.email_index IS NULL THEN 'none' WHEN p.email_index IS NULL THEN 'phone'
  WHEN p.phone_index IS NULL THEN 'email' ELSE 'both' END
"""

_PATIENTS = """
WITH ours AS (
  SELECT n.id FROM "phone_number" n WHERE {number_in_teams} AND n.status <> 'released'
), words AS (
  SELECT c.patient_id, m.user_id, m.via,
    (SELECT MAX(CASE d.state WHEN 'cancelled' THEN 0 WHEN 'failed' THEN 1 ELSE 2 END) FROM "delivery" d
     WHERE d.message_id = m.id) AS came,
    CASE WHEN EXISTS (SELECT 1 FROM "receipt" v WHERE v.message_id = m.id) THEN 1 ELSE 0 END AS viewed
  FROM "message" m JOIN "conversation" c ON c.id = m.conversation_id
  WHERE m.created_at >= ? AND m.created_at < ? AND m.recalled_at IS NULL AND {in_teams}
), heard AS (
  SELECT w.patient_id, MAX(CASE WHEN w.user_id IS NULL THEN 1 ELSE 0 END) AS wrote,
    MAX(w.came) AS came, MAX(w.viewed) AS viewed,
    MAX(CASE WHEN w.user_id IS NOT NULL AND w.via = 'sms' AND w.came = 2 THEN 1 ELSE 0 END) AS texted
  FROM words w GROUP BY w.patient_id
), stops AS (
  SELECT s.contact_index FROM "suppression" s JOIN ours ON ours.id = s.sender_id
  GROUP BY s.contact_index HAVING COUNT(*) = (SELECT COUNT(*) FROM ours)
  UNION ALL
  SELECT s.contact_index FROM "suppression" s WHERE s.sender_id = ?
)
SELECT {by} AS label, CASE
    WHEN p.phone_index IS NULL AND p.email_index IS NULL THEN 'no_way'
    WHEN (p.phone_index IS NULL OR p.phone_index IN (SELECT contact_index FROM stops))
      AND (p.email_index IS NULL OR p.email_index IN (SELECT contact_index FROM stops)) THEN 'stopped'
    WHEN h.wrote = 1 OR h.viewed = 1 OR h.texted = 1 THEN 'reached'
    WHEN h.came = 2 THEN 'not_viewed'
    WHEN h.came = 1 THEN 'undelivered'
    ELSE 'not_written' END AS fate, COUNT(*) AS many
FROM "patient" p LEFT JOIN heard h ON h.patient_id = p.id
WHERE p.organization_id = ? AND p.archived_at IS NULL AND p.deceased_at IS NULL AND p.merged_into_id IS NULL{theirs}
GROUP BY 1, 2
"""
_THEIRS = ' AND EXISTS (SELECT 1 FROM "conversation" k WHERE k.patient_id = p.id AND {})'


async def by_language(span: Span) -> Report:
    """A line for each language that patients read, the one with most patients first."""
    found = await _found(span, "p.language")
    lines = sorted(found.items(), key=lambda line: (-sum(line[1]), line[0]))
    return _report("not_reached_by_language", span, "language", "Language", lines)


async def by_contact(span: Span) -> Report:
    """A line for each kind of contact on file."""
    found = await _found(span, _KIND)
    lines = [(words, found.get(kind, [0] * len(_FATES))) for kind, words in _BY_CONTACT.items()]
    return _report("not_reached_by_contact", span, "words", "On file", lines)


def _report(name: ReportName, span: Span, labels: Labels, head: str, lines: list[tuple[str, list[int]]]) -> Report:
    return table.of(name, span, labels=labels, head=head, columns=table.counts(*_FATES.values()), rows=lines)


async def _found(span: Span, by: str) -> dict[str, list[int]]:
    statement = _PATIENTS.format(
        by=by,
        number_in_teams=span.in_teams("n.team_id"),
        in_teams=span.in_teams("c.team_id"),
        theirs="" if span.is_whole else _THEIRS.format(span.in_teams("k.team_id")),
    )
    values = [*span.teams, *span.times, *span.teams, span.organization, span.organization]
    rows = await sql.fetch(statement, values if span.is_whole else [*values, *span.teams])
    fates, found = list(_FATES), dict[str, list[int]]()
    for row in rows:
        found.setdefault(str(row["label"]), [0] * len(_FATES))[fates.index(str(row["fate"]))] = table.number(
            row["many"]
        )
    return found
