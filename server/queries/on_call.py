"""Who is called when words of a team's patients may be urgent: who was named until a time, else who the plan says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from server import clock, models
from server.queries import members, rota
from server.queries.hours_views import OnCall
from server.queries.rota import Spell
from server.queries.work_views import Colleague

Teams = Collection[UUID]


@dataclass(frozen=True, slots=True)
class Called:
    """Who is on call for a team now, by name, and when that may change by itself; null: not before the next day."""

    who: list[OnCall]
    changes_at: datetime | None


async def now(teams: Teams) -> dict[UUID, list[OnCall]]:
    """Who is on call for each of these teams at this moment, by name: only who may read it."""
    return {team: called.who for team, called in (await standing(teams)).items()}


async def standing(teams: Teams) -> dict[UUID, Called]:
    """The same with until when it holds. Four queries at the most."""
    at = clock.now()
    named, planned = await _named(teams, at), await _planned(teams, at)
    may = await _callable(
        teams, {spell.user for found in (named, planned) for all_ in found.values() for spell in all_}
    )

    def of(found: dict[UUID, list[Spell]], team: UUID) -> list[Spell]:
        return [spell for spell in found[team] if (team, spell.user) in may]

    def called(team: UUID) -> Called:
        said, turns = of(named, team), of(planned, team)
        current = said or [turn for turn in turns if turn.begins <= at < turn.ends]
        until = {spell.user: spell.ends for spell in sorted(current, key=lambda spell: spell.ends)}
        who = [OnCall(may[team, user], ends, by_plan=not said) for user, ends in until.items()]
        moments = (moment for spell in (*said, *turns) for moment in (spell.begins, spell.ends) if moment > at)
        return Called(sorted(who, key=lambda each: (each.user.name, each.user.id)), min(moments, default=None))

    return {team: called(team) for team in teams}


async def _named(teams: Teams, at: datetime) -> dict[UUID, list[Spell]]:
    found: dict[UUID, list[Spell]] = {team: [] for team in teams}
    for row in await models.OnCall.filter(team_id__in=list(teams), until__gt=at):
        found[row.team_id].append(Spell(row.user_id, row.created_at, row.until))
    return found


async def _planned(teams: Teams, at: datetime) -> dict[UUID, list[Spell]]:
    found: dict[UUID, list[Spell]] = {team: [] for team in teams}
    rows = models.Team.filter(id__in=list(teams), rota__not_isnull=True).select_related("organization")
    for team in await rows:
        found[team.id] = list(rota.spells(rota.kept(team), ZoneInfo(team.organization.zone), at))
    return found


async def _callable(teams: Teams, users: Collection[UUID]) -> dict[tuple[UUID, UUID], Colleague]:
    """Those of these users who may read each of these teams now."""
    if not users:
        return {}
    inside = models.Membership.filter(team_id__in=list(teams), user_id__in=list(users))
    belongs = set(await inside.values_list("team_id", "user_id"))
    return {
        (team, user.id): members.colleague(user)
        for user in await models.User.filter(id__in=list(users), active=True)
        for team in teams
        if user.role is models.Role.SUPERVISOR or (team, user.id) in belongs
    }
