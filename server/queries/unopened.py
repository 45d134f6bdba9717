"""Sensitive conversations that nobody can open: what an admin may know of them to name somebody, and no more."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from server import access, models
from server.db import sql
from server.queries import guard_views, members
from server.queries.work_views import Colleague

NOBODY_OPENS = """
c.is_sensitive = TRUE AND NOT EXISTS (
    SELECT 1 FROM "user" u WHERE u.organization_id = c.organization_id AND u.active = TRUE
    AND (u.id = c.assignee_id
         OR EXISTS (SELECT 1 FROM "named_reader" n WHERE n.conversation_id = c.id AND n.user_id = u.id))
    AND (u.role = 'supervisor'
         OR EXISTS (SELECT 1 FROM "membership" m WHERE m.team_id = c.team_id AND m.user_id = u.id))
)
"""
"""A condition on the conversation `c` of a statement."""
MOST = 100
_ALL = f"""
SELECT c.id, c.team_id, t.name, c.needs_reply_since AS since FROM "conversation" c JOIN "team" t ON t.id = c.team_id
WHERE c.organization_id = ? AND {NOBODY_OPENS}
ORDER BY CASE WHEN c.needs_reply_since IS NULL THEN 1 ELSE 0 END, c.needs_reply_since, c.id LIMIT {MOST}
"""  # noqa: S608 - our own words
_ONE = f'SELECT c.id FROM "conversation" c WHERE c.id = ? AND c.organization_id = ? AND {NOBODY_OPENS}'  # noqa: S608 - the same


async def of_clinic(staff: access.Staff) -> list[guard_views.Unopened]:
    """Where a patient waits first; not who it is. Three queries."""
    rows = await sql.fetch(_ALL, [staff.organization])
    may = await _readers(staff.organization, {sql.as_id(row["team_id"]) for row in rows})
    return [
        guard_views.Unopened(
            conversation=sql.as_id(row["id"]),
            team=str(row["name"]),
            waits_since=sql.from_time(row["since"]),
            choices=may[sql.as_id(row["team_id"])],
        )
        for row in rows
    ]


async def is_one(conversation: UUID, organization: UUID) -> bool:
    """Whether nobody can open this conversation of the clinic."""
    return bool(await sql.fetch(_ONE, [conversation, organization]))


async def _readers(organization: UUID, teams: Collection[UUID]) -> dict[UUID, list[Colleague]]:
    """The same as `members.readers` of each of these teams, by name."""
    found: dict[UUID, dict[UUID, models.User]] = defaultdict(dict)
    if not teams:
        return {}
    for each in await models.Membership.filter(team_id__in=list(teams), user__active=True).select_related("user"):
        found[each.team_id][each.user_id] = each.user
    supervisors = models.User.filter(organization_id=organization, role=models.Role.SUPERVISOR, active=True)
    for user in await supervisors:
        for team in teams:
            found[team][user.id] = user
    by_name = {team: sorted(found[team].values(), key=lambda user: (user.name, user.id)) for team in teams}
    return {team: [members.colleague(user) for user in users] for team, users in by_name.items()}
