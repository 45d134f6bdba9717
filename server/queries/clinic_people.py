"""The people and teams of a clinic, as its admins see them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from tortoise.functions import Count

from server import clock, errors, models, people
from server.access import Staff
from server.db import sql
from server.queries import members, numbers, staff_views

PAGE = 50
_SEEN = """
SELECT s.user_id, MAX(s.seen_at) AS seen_at FROM "staff_session" s JOIN "user" u ON u.id = s.user_id
WHERE u.organization_id = ? AND s.complete GROUP BY s.user_id
"""


async def of_clinic(staff: Staff) -> staff_views.ClinicPeople:
    """Everybody of the clinic's staff and its teams; as many queries however many they are."""
    users = models.User.filter(organization_id=staff.organization).exclude(role=models.Role.OPERATOR)
    inside = models.Membership.filter(team__organization_id=staff.organization).order_by("team__name")
    teams = defaultdict[UUID, list[UUID]](list)
    for user, team in await inside.values_list("user_id", "team_id"):
        teams[user].append(team)
    rows = await sql.fetch(_SEEN, [staff.organization])
    seen = {sql.as_id(row["user_id"]): sql.from_time(row["seen_at"]) for row in rows}
    shown = [_person(user, teams[user.id], seen.get(user.id)) for user in await users]
    return staff_views.ClinicPeople(
        people=sorted(shown, key=lambda each: (each.state == "left", people.folded(each.name), each.id)),
        invites=await _invites(staff.organization, {each.id for each in shown}),
        teams=await _teams(staff.organization),
    )


async def history(staff: Staff, team: UUID, *, after: UUID | None = None) -> staff_views.TeamHistory:
    """Who was let into a team and taken out of it, fifty a page; two queries.

    :raises Refusal: `unknown`
    """
    if not await models.Team.filter(id=team, organization_id=staff.organization).exists():
        raise errors.unknown()
    chosen = models.MembershipChange.filter(team_id=team).order_by("-id").limit(PAGE + 1)
    rows = await (chosen.filter(id__lt=after) if after else chosen).select_related("user", "by")
    steps = [
        staff_views.MembershipStep(
            id=row.id,
            at=row.created_at,
            who=members.colleague(row.user),
            began=row.began,
            by=members.colleague(row.by) if row.by else None,
        )
        for row in rows[:PAGE]
    ]
    return staff_views.TeamHistory(steps=steps, next=rows[PAGE - 1].id if len(rows) > PAGE else None)


def _person(user: models.User, teams: list[UUID], seen_at: datetime | None) -> staff_views.Worker:
    state: Literal["active", "left"] = "active" if user.active else "left"
    return staff_views.Worker(
        id=user.id,
        name=user.name,
        initials=people.initials(user.name),
        email=user.email,
        role=cast("staff_views.RoleName", user.role.value),
        teams=teams,
        state=state,
        seen_at=seen_at,
        left_at=user.left_at,
        has_code=user.totp_sealed is not None,
    )


async def _invites(organization: UUID, known: Collection[UUID]) -> list[staff_views.Invitation]:
    waiting = models.Invite.filter(organization_id=organization, current=True).select_related("by")
    now = clock.now()
    shown = [
        staff_views.Invitation(
            id=row.id,
            name=row.name,
            email=row.email,
            role=cast("staff_views.RoleName", row.role.value),
            teams=[UUID(each) for each in row.teams.split()],
            by=members.colleague(row.by),
            at=row.created_at,
            ends_at=row.ends_at,
            opens=row.ends_at > now and row.by.active and row.by.role is models.Role.ADMIN,
            anew=row.user_id in known,
        )
        for row in await waiting
    ]
    return sorted(shown, key=lambda each: (people.folded(each.name), each.id))


async def _teams(organization: UUID) -> list[staff_views.ClinicTeam]:
    all_of_them = await models.Team.filter(organization_id=organization)
    lines = await models.PhoneNumber.filter(organization_id=organization)
    working = models.Conversation.filter(organization_id=organization, is_open=True, current=True)
    counted = working.group_by("team_id").annotate(many=Count("id")).values_list("team_id", "many")
    many = {UUID(str(team)): count for team, count in await counted}
    shown = [
        staff_views.ClinicTeam(
            id=team.id,
            name=team.name,
            numbers=[each.e164 for each in numbers.in_order(each for each in lines if each.team_id == team.id)],
            open=many.get(team.id, 0),
        )
        for team in all_of_them
    ]
    return sorted(shown, key=lambda team: (team.name.casefold(), team.id))
