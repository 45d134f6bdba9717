"""The staff of a clinic, as they find each other."""

from itertools import groupby
from uuid import UUID

from server import access, clock, people
from server.access import Staff
from server.db import sql
from server.queries.work_views import Coworker, Coworkers

ON = "s.complete AND s.ended_at IS NULL AND s.locked_at IS NULL AND s.ends_at > ? AND s.seen_at > ?"
"""Of a session `s`: its screens are open. Takes now, and the time after which nobody is on who has done nothing."""
# A row for each team that somebody is in, or one without a team.
_OTHERS = f"""
SELECT u.id, u.name, t.name AS team,
       EXISTS (SELECT 1 FROM "staff_session" s WHERE s.user_id = u.id AND {ON}) AS is_on
FROM "user" u
LEFT JOIN "membership" m ON m.user_id = u.id
LEFT JOIN "team" t ON t.id = m.team_id
WHERE u.organization_id = ? AND u.active AND u.id <> ?
ORDER BY u.name, u.id, t.name
"""  # noqa: S608 - our own words


async def of(staff: Staff) -> Coworkers:
    """Everybody else of this person's clinic, with the teams that they are in; one query."""
    now = clock.now()
    values = [sql.as_time(now), sql.as_time(now - access.STAFF_IDLE), staff.organization, staff.user]
    rows = groupby(await sql.fetch(_OTHERS, values), key=lambda row: sql.as_id(row["id"]))
    return Coworkers([_coworker(user, list(of_one)) for user, of_one in rows])


def _coworker(user: UUID, rows: list[dict[str, object]]) -> Coworker:
    name = str(rows[0]["name"])
    return Coworker(
        id=user,
        name=name,
        initials=people.initials(name),
        teams=[str(row["team"]) for row in rows if row["team"]],
        is_on=bool(rows[0]["is_on"]),
    )
