"""How teams stand at this moment, and who of them is there: as many queries however many teams there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from server import access, clock, people
from server.db import sql
from server.queries import sight, work_views
from server.queries.coworkers import ON
from server.queries.inbox import OPEN, WHICH


@dataclass(frozen=True, slots=True)
class Counts:
    """How many conversations of a team stand in these lists, and since when the first one waits."""

    waiting: int = 0
    unassigned: int = 0
    not_read: int = 0
    undelivered: int = 0
    oldest: datetime | None = None


_LISTS = {"waiting": "needs_reply", "unassigned": "unassigned", "not_read": "not_read", "undelivered": "undelivered"}
_SUMS = ", ".join(f'SUM(CASE WHEN {WHICH[view]} THEN 1 ELSE 0 END) AS "{name}"' for name, view in _LISTS.items())  # type: ignore[index]
_OLDEST = f"MIN(CASE WHEN {WHICH['needs_reply']} THEN c.needs_reply_since END) AS oldest"


async def counts(teams: Sequence[UUID], reader: access.Staff | None = None) -> dict[UUID, Counts]:
    """Of each of these teams, what its lists hold; to a `reader` nothing sensitive that is not theirs. One query."""
    hidden, values = sight.but_hidden(reader) if reader else ("TRUE", [])
    where = f"{OPEN} AND c.team_id IN ({sql.marks(teams)}) AND {hidden} GROUP BY c.team_id"
    asked = f'SELECT c.team_id, {_SUMS}, {_OLDEST} FROM "conversation" c WHERE {where}'  # noqa: S608 - our own words
    rows = await sql.fetch(asked, [*teams, *values])
    found = {sql.as_id(row["team_id"]): row for row in rows}
    return {team: _counts(found[team]) if team in found else Counts() for team in teams}


def _counts(row: dict[str, object]) -> Counts:
    return Counts(**{name: int(str(row[name])) for name in _LISTS}, oldest=sql.from_time(row["oldest"]))


_PRESENT = """
SELECT m.team_id, u.id, u.name FROM "membership" m JOIN "user" u ON u.id = m.user_id
WHERE m.team_id IN ({teams}) AND u.active AND EXISTS (SELECT 1 FROM "staff_session" s WHERE s.user_id = u.id AND {on})
ORDER BY u.name, u.id
"""


async def present(teams: Sequence[UUID]) -> dict[UUID, list[work_views.Colleague]]:
    """The members of each of these teams whose screens are open, by name. One query."""
    now = clock.now()
    values = [*teams, sql.as_time(now), sql.as_time(now - access.STAFF_IDLE)]
    found: dict[UUID, list[work_views.Colleague]] = {team: [] for team in teams}
    for row in await sql.fetch(_PRESENT.format(teams=sql.marks(teams), on=ON), values):
        name = str(row["name"])
        someone = work_views.Colleague(id=sql.as_id(row["id"]), name=name, initials=people.initials(name))
        found[sql.as_id(row["team_id"])].append(someone)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A message of today: what a patient wrote or, with `asked`, the first answer to what was asked then."""

    at: datetime
    asked: datetime | None


# What a patient asked first since staff had answered before; broadcasts and what was taken back are no answers.
_ASKED = """
(SELECT MIN(q.created_at) FROM "message" q
   WHERE q.conversation_id = m.conversation_id AND q.user_id IS NULL AND q.recalled_at IS NULL AND q.number < m.number
   AND q.number > COALESCE((SELECT MAX(p.number) FROM "message" p
     WHERE p.conversation_id = m.conversation_id AND p.number < m.number
     AND p.user_id IS NOT NULL AND p.recalled_at IS NULL AND p.broadcast_id IS NULL), 0))
"""
# Every message moves its conversation's `updated_at`, so an index finds those of today. Spelt so for SQLite's sake.
_SINCE = f"""
SELECT c.team_id, m.created_at AS at, m.user_id, CASE WHEN m.user_id IS NULL THEN NULL ELSE {_ASKED} END AS asked
FROM "conversation" c JOIN "message" m ON m.conversation_id = c.id
WHERE c.team_id IN ({{teams}}) AND {{hidden}} AND c.is_open IN (TRUE, FALSE) AND c.updated_at >= ? AND m.created_at >= ?
  AND m.recalled_at IS NULL AND (m.user_id IS NULL OR m.broadcast_id IS NULL)
"""  # noqa: S608 - our own words


async def lines(teams: Sequence[UUID], since: datetime, reader: access.Staff) -> dict[UUID, list[Line]]:
    """What patients wrote to each of these teams since then, and what was first answered to them, but what is sensitive
    and not theirs who reads it. One query.
    """
    at = sql.as_time(since)
    hidden, values = sight.but_hidden(reader)
    found: dict[UUID, list[Line]] = {team: [] for team in teams}
    for row in await sql.fetch(_SINCE.format(teams=sql.marks(teams), hidden=hidden), [*teams, *values, at, at]):
        asked, said = sql.from_time(row["asked"]), sql.from_time(row["at"])
        assert said
        if row["user_id"] is None or asked:
            found[sql.as_id(row["team_id"])].append(Line(said, asked))
    return found


_FIRST = """
SELECT id FROM (
  SELECT c.id, ROW_NUMBER() OVER (PARTITION BY c.team_id ORDER BY c.needs_reply_since, c.id) AS nth
  FROM "conversation" c WHERE {theirs} AND {waits}
) w WHERE nth <= ?
"""


async def first_of_each(reader: access.Staff, most: int) -> list[UUID]:
    """Of each team that somebody reads, the conversations that wait longest, so many at the most. One query."""
    theirs, values = sight.where(reader)
    rows = await sql.fetch(_FIRST.format(theirs=theirs, waits=WHICH["needs_reply"]), [*values, most])
    return [sql.as_id(row["id"]) for row in rows]


def percentile(waits: Sequence[timedelta], part: int) -> int | None:
    """How many seconds so many of a hundred of these took at the most (nearest rank); None where there are none."""
    if not waits:
        return None
    nth = -(-part * len(waits) // 100)
    return int(sorted(waits)[nth - 1].total_seconds())


_LAST = """
SELECT m.team_id, MAX(s.seen_at) AS seen_at FROM "membership" m
JOIN "user" u ON u.id = m.user_id JOIN "staff_session" s ON s.user_id = u.id
WHERE m.team_id IN ({teams}) AND u.active AND s.complete GROUP BY m.team_id
"""


async def last_seen(teams: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """When a member of each of these teams last did anything; absent: nobody has signed in yet. One query."""
    rows = await sql.fetch(_LAST.format(teams=sql.marks(teams)), [*teams])
    return {sql.as_id(row["team_id"]): sql.from_time(row["seen_at"]) for row in rows}
