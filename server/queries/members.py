"""Colleagues: what they are called, and who is in a team."""

from uuid import UUID

from tortoise.expressions import Q

from server import errors, models, people
from server.access import Staff
from server.queries import beside, work_views


def colleague(user: models.User) -> work_views.Colleague:
    """A member of staff, as colleagues see them."""
    return work_views.Colleague(id=user.id, name=user.name, initials=people.initials(user.name))


def begun(stands: beside.Beside) -> list[work_views.Colleague]:
    """Who has something begun in a conversation, by name."""
    found = {each.id: each.name for each in stands.writers}
    return [
        work_views.Colleague(id=user, name=name, initials=people.initials(name))
        for user, name in sorted(found.items(), key=lambda each: (each[1], each[0]))
    ]


async def of_team(staff: Staff, team: UUID) -> list[work_views.Colleague]:
    """Who is in a team whose inbox this person may read, by name.

    :raises Refusal: `unknown`
    """
    if team not in staff.reads:
        raise errors.unknown()
    found = models.Membership.filter(team_id=team, user__active=True).select_related("user")
    return [colleague(each.user) for each in await found.order_by("user__name", "user_id")]


async def readers(team: UUID, organization: UUID) -> dict[UUID, work_views.Colleague]:
    """Those who may read a team's inbox now: its members, and the supervisors of its clinic."""
    may = Q(memberships__team_id=team) | Q(role=models.Role.SUPERVISOR)
    found = await models.User.filter(may, organization_id=organization, active=True).distinct()
    return {user.id: colleague(user) for user in found}
