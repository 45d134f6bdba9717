"""The people and teams of a clinic, for its admins."""

from typing import Annotated
from uuid import UUID

import msgspec

from server import access, models
from server.domain import factor_resets, invites, leaving, managing, own_sessions, roles, team_managing
from server.queries import clinic_people, staff_views
from web.api import shapes
from web.api.registry import api

_NAME = ("not_allowed", "empty", "too_long", "hidden_characters", "name_taken")
_TEAM = ("unknown", "not_allowed")


class NamedTeam(shapes.Asked, frozen=True):
    """What a team is to be called."""

    name: shapes.Short


class Joining(shapes.Asked, frozen=True):
    """Who is let in."""

    user: UUID


class Parting(shapes.Asked, frozen=True):
    """Who is taken out. `sure`: also where nobody would be left."""

    user: UUID
    sure: bool = False


class NewInvite(shapes.Asked, frozen=True):
    """Who is asked to work here, as what, and in which teams."""

    email: Annotated[str, msgspec.Meta(max_length=254)]
    name: shapes.Short
    role: staff_views.RoleName = "member"
    teams: Annotated[list[UUID], msgspec.Meta(max_length=100)] = []


class NewRole(shapes.Asked, frozen=True):
    """What somebody may do."""

    role: staff_views.RoleName


class Leaving(shapes.Asked, frozen=True):
    """`sure`: also where a team would be left with nobody."""

    sure: bool = False


class AfterStep(shapes.Asked, frozen=True):
    """The `next` of the page before."""

    after: UUID | None = None


@api.get("/people", answers={200: staff_views.ClinicPeople}, refuses=("not_allowed",))
async def list_people(staff: access.Staff) -> staff_views.ClinicPeople:
    """An admin sees who works at my clinic, with their roles and teams, and who has left."""
    return await _people(staff)


@api.post(
    "/people/{user}/role",
    answers={200: staff_views.ClinicPeople},
    refuses=("unknown", "not_allowed", "prove_again", "has_left", "own_role", "last_admin", "last_break_glass"),
)
async def change_role(staff: access.Staff, user: UUID, body: NewRole) -> staff_views.ClinicPeople:
    """Give somebody another role."""
    await roles.change(user, models.Role(body.role), by=staff)
    return await _people(staff)


@api.post(
    "/people/{user}/leave",
    answers={200: staff_views.ClinicPeople},
    refuses=("unknown", "not_allowed", "last_admin", "last_break_glass", "last_member"),
)
async def let_leave(staff: access.Staff, user: UUID, body: Leaving) -> staff_views.ClinicPeople:
    """Somebody does not work here any more: their sessions end, and what was their work is offered to the team."""
    await leaving.leave(user, by=staff, is_sure=body.sure)
    return await _people(staff)


@api.post(
    "/people/{user}/return",
    answers={200: staff_views.ClinicPeople},
    refuses=("unknown", "not_allowed", "prove_again"),
)
async def let_return(staff: access.Staff, user: UUID, body: shapes.Nothing) -> staff_views.ClinicPeople:
    """Somebody who left may sign in again, as a member of no team."""
    await leaving.come_back(user, by=staff)
    return await _people(staff)


@api.post(
    "/people/{user}/factors/reset",
    answers={200: staff_views.ClinicPeople},
    refuses=("unknown", "not_allowed", "prove_again", "own_factor", "has_left", "too_many"),
)
async def reset_factors(staff: access.Staff, user: UUID, body: shapes.Nothing) -> staff_views.ClinicPeople:
    """Somebody lost their phone: what they had works no longer, and a mail lets them set up another authenticator."""
    await factor_resets.reset(user, by=staff)
    return await _people(staff)


@api.post("/people/{user}/sign-out", answers={204: None}, refuses=("unknown", "not_allowed"))
async def sign_out_person(staff: access.Staff, user: UUID, body: shapes.Nothing) -> None:
    """End every session of somebody's: their sockets go, and no browser of theirs is told anything."""
    await own_sessions.end_all_of(user, by=staff)


@api.post(
    "/invites",
    answers={201: staff_views.ClinicPeople},
    refuses=(
        *("not_allowed", "prove_again", "too_many", "not_an_email", "empty", "too_long", "hidden_characters"),
        *("unknown", "email_taken", "invited_already"),
    ),
)
async def invite_person(staff: access.Staff, body: NewInvite) -> tuple[int, staff_views.ClinicPeople]:
    """Ask somebody to work here, by mail: the link in it works once, for three days."""
    wish = invites.Wish(body.email, body.name, models.Role(body.role), body.teams)
    await invites.invite(wish, by=staff)
    return 201, await _people(staff)


@api.post(
    "/invites/{invite}/again",
    answers={200: staff_views.ClinicPeople},
    refuses=("unknown", "not_allowed", "prove_again", "too_many"),
)
async def invite_again(staff: access.Staff, invite: UUID, body: shapes.Nothing) -> staff_views.ClinicPeople:
    """Send another link; the one before opens nothing any more."""
    await invites.send_again(invite, by=staff)
    return await _people(staff)


@api.delete("/invites/{invite}", answers={200: staff_views.ClinicPeople}, refuses=("unknown", "not_allowed"))
async def revoke_invite(staff: access.Staff, invite: UUID) -> staff_views.ClinicPeople:
    """Take it back."""
    await invites.revoke(invite, by=staff)
    return await _people(staff)


@api.post("/teams", answers={201: staff_views.ClinicPeople}, refuses=(*_NAME, "too_many_teams"))
async def make_team(staff: access.Staff, body: NamedTeam) -> tuple[int, staff_views.ClinicPeople]:
    """Make a team with nobody in it."""
    await team_managing.make(body.name, by=staff)
    return 201, await _people(staff)


@api.patch("/teams/{team}", answers={200: staff_views.ClinicPeople}, refuses=("unknown", *_NAME))
async def rename_team(staff: access.Staff, team: UUID, body: NamedTeam) -> staff_views.ClinicPeople:
    """Give it another name."""
    await team_managing.rename(team, body.name, by=staff)
    return await _people(staff)


@api.delete("/teams/{team}", answers={200: staff_views.ClinicPeople}, refuses=(*_TEAM, "team_in_use"))
async def delete_team(staff: access.Staff, team: UUID) -> staff_views.ClinicPeople:
    """Delete one that has no number and was never used."""
    await team_managing.delete(team, by=staff)
    return await _people(staff)


@api.post("/teams/{team}/members", answers={200: staff_views.ClinicPeople}, refuses=(*_TEAM, "has_left"))
async def let_into_team(staff: access.Staff, team: UUID, body: Joining) -> staff_views.ClinicPeople:
    """Let somebody in: they see all its past and present conversations."""
    await team_managing.let_in(team, body.user, by=staff)
    return await _people(staff)


@api.post("/teams/{team}/members/remove", answers={200: staff_views.ClinicPeople}, refuses=(*_TEAM, "last_member"))
async def take_out_of_team(staff: access.Staff, team: UUID, body: Parting) -> staff_views.ClinicPeople:
    """Take somebody out: they see nothing of it any more, and their work there is nobody's."""
    await team_managing.take_out(team, body.user, by=staff, is_sure=body.sure)
    return await _people(staff)


@api.get("/teams/{team}/history", answers={200: staff_views.TeamHistory}, refuses=_TEAM)
async def show_team_history(staff: access.Staff, team: UUID, query: AfterStep) -> staff_views.TeamHistory:
    """Who was let into it and taken out, when and by whom; fifty a page."""
    managing.must_be_admin_for(team, staff)
    return await clinic_people.history(staff, team, after=query.after)


async def _people(by: access.Staff) -> staff_views.ClinicPeople:
    managing.must_be_admin(by)
    return await clinic_people.of_clinic(by)
