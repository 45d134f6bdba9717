"""A team's plan of who is on call, by the week and on single dates. What follows from it is asked, at no set time."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from server import access, audit, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import managing
from server.errors import Kind, Refusal
from server.queries import members, rota
from server.queries.rota_views import Rota

NOT_THEIRS = "A supervisor or an administrator can change who is on call."


async def change(team_id: UUID, said: Rota, *, by: access.Staff) -> None:
    """Say who is on call for a team, week for week. Dates that are over are let go. The same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `date_twice`, `cannot_read`
    """
    async with transaction() as tx:
        team = await managing.locked_team(team_id, NOT_THEIRS, by=by)
        organization = await models.Organization.get(id=team.organization_id)
        plan = rota.ahead(said, organization.zone)
        if len({each.date for each in plan.dates}) < len(plan.dates):
            raise Refusal(Kind.INVALID, "date_twice", "A date can be in the plan once. Take one of them out.")
        may = await members.readers(team.id, team.organization_id)
        if any(user not in may for user in _users(plan)):
            raise Refusal(Kind.CONFLICT, "cannot_read", "Somebody you named cannot read this inbox. Choose others.")
        if not await _keep(team, plan):
            return
        data: dict[str, object] = msgspec.to_builtins(plan)
        await audit.enter(Did.ROTA_CHANGED, organization=team.organization_id, about=team.id, data=data)
        tx.record(facts.HoursChanged(team=team.id), team.id)


async def forget(user: UUID, team_id: UUID) -> bool:
    """Inside the verb that takes somebody out of a team: whether they were in its plan. They are not any more."""
    team = await models.Team.filter(id=team_id).select_for_update(no_key=True).get()
    return await _keep(team, rota.only(rota.kept(team), lambda each: each != user))


async def forget_everywhere(tx: Transaction, user: UUID, *, but: Collection[UUID]) -> None:
    """Inside a verb by which somebody may read fewer teams: they are in the plans of those in `but` alone."""
    theirs = models.Team.filter(rota__contains=str(user)).exclude(id__in=list(but)).order_by("id")
    for (team,) in await theirs.values_list("id"):
        if await forget(user, team):
            tx.record(facts.HoursChanged(team=team), team)


def _users(plan: Rota) -> set[UUID]:
    days = (*plan.week, *(each.turns for each in plan.dates))
    return {turn.user for day in days for turn in day}


async def _keep(team: models.Team, plan: Rota) -> bool:
    said = None if plan == rota.EMPTY else msgspec.json.encode(plan).decode()
    if team.rota == said:
        return False
    await models.Team.filter(id=team.id).update(rota=said)
    return True
