"""When the teams answer."""

from uuid import UUID

import msgspec

from server import access
from server.domain import hours as verbs
from server.domain import on_call, rota
from server.queries import hours, hours_views, rota_views
from web.api import shapes
from web.api.registry import api


class Teams(msgspec.Struct, frozen=True):
    """Teams by name, with when they answer."""

    teams: list[hours_views.TeamHours]


@api.get("/teams", answers={200: Teams})
async def list_teams(staff: access.Staff) -> Teams:
    """The teams whose inbox I read; all of my clinic's for who may change their hours."""
    return Teams(await hours.all_shown(staff))


@api.get("/teams/{team}/hours", answers={200: hours_views.TeamHours}, refuses=("unknown",))
async def show_hours(staff: access.Staff, team: UUID) -> hours_views.TeamHours:
    """When a team answers, and whether it is open now."""
    return await hours.shown(staff, team)


@api.put(
    "/teams/{team}/hours", answers={200: hours_views.TeamHours}, refuses=("unknown", "not_allowed", "hours_overlap")
)
async def change_hours(staff: access.Staff, team: UUID, body: hours_views.Hours) -> hours_views.TeamHours:
    """Say when a team answers: patients read it before they write."""
    await verbs.change(team, body, by=staff)
    return await hours.shown(staff, team)


@api.get("/teams/{team}/on-call", answers={200: hours_views.Roster}, refuses=("unknown",))
async def show_on_call(staff: access.Staff, team: UUID) -> hours_views.Roster:
    """Who is on call for a team now, and who may be named."""
    return await hours.roster(staff, team)


@api.put(
    "/teams/{team}/on-call",
    answers={200: hours_views.Roster},
    refuses=("unknown", "not_allowed", "not_in_future", "cannot_read"),
)
async def say_on_call(staff: access.Staff, team: UUID, body: shapes.WhoIsOnCall) -> hours_views.Roster:
    """Say who is called when words may be urgent, and until when."""
    await on_call.say(team, body.who, body.until, by=staff)
    return await hours.roster(staff, team)


@api.get("/teams/{team}/rota", answers={200: rota_views.TeamRota}, refuses=("unknown",))
async def show_rota(staff: access.Staff, team: UUID) -> rota_views.TeamRota:
    """Who is on call for a team week for week, and on which dates it is otherwise."""
    return await hours.planned(staff, team)


@api.put(
    "/teams/{team}/rota",
    answers={200: rota_views.TeamRota},
    refuses=("unknown", "not_allowed", "date_twice", "cannot_read"),
)
async def change_rota(staff: access.Staff, team: UUID, body: rota_views.Rota) -> rota_views.TeamRota:
    """Make the plan of who is on call. Who is named until a time is it instead, until then."""
    await rota.change(team, body, by=staff)
    return await hours.planned(staff, team)
