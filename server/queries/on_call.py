"""Who is called when words of a team's patients may be urgent."""

from collections.abc import Collection
from uuid import UUID

from server import clock, models
from server.queries import members
from server.queries.hours_views import OnCall


async def now(teams: Collection[UUID]) -> dict[UUID, list[OnCall]]:
    """Who is on call for each of these teams at this moment, by name: only who may read it. Two queries."""
    chosen = models.OnCall.filter(team_id__in=list(teams), until__gt=clock.now(), user__active=True)
    rows = await chosen.order_by("user__name", "user_id").select_related("user")
    found: dict[UUID, list[OnCall]] = {team: [] for team in teams}
    if not rows:
        return found
    users = {row.user_id for row in rows}
    inside = models.Membership.filter(team_id__in=list(teams), user_id__in=list(users))
    belongs = set(await inside.values_list("team_id", "user_id"))
    for row in rows:
        if row.user.role is models.Role.SUPERVISOR or (row.team_id, row.user_id) in belongs:
            found[row.team_id].append(OnCall(members.colleague(row.user), row.until))
    return found
