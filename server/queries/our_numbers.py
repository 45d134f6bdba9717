"""A clinic's phone numbers, what it ordered, and what carriers said: as its managers see them."""

from collections.abc import Collection
from uuid import UUID

from server import access, area_codes, models, people, reasons
from server.db import sql
from server.errors import Kind, Refusal
from server.models import NumberStatus, State, TriedState
from server.queries import number_views as shapes
from server.queries import numbers, ways
from server.queries.hours import MANAGERS

ORDERS, STEPS = 20, 20
WORDS = {
    "number_taken": "somebody else took this number",
    "carrier_silent": "the carrier did not answer for a day",
}
"""Why an order was refused."""


async def shown(staff: access.Staff) -> shapes.ClinicNumbers:
    """All of it; five queries and one for the steps.

    :raises Refusal: `not_allowed`
    """
    if staff.role not in MANAGERS:
        sentence = "A supervisor or an administrator can see the clinic's numbers."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
    clinic = await models.Organization.get(id=staff.organization)
    teams = {team.id: team.name for team in await models.Team.filter(organization_id=clinic.id).order_by("name")}
    ours = await models.PhoneNumber.filter(organization_id=clinic.id).order_by("created_at", "id")
    is_admin = staff.role is models.Role.ADMIN
    return shapes.ClinicNumbers(
        numbers=await _numbers(ours, teams),
        orders=await _orders(clinic.id, teams),
        registration=await _registration(clinic.id),
        teams=[shapes.TeamName(team, name) for team, name in teams.items()],
        area_code=_area_code(clinic),
        may_order=is_admin and ways.may_send(clinic.plan, clinic.plan_ends_at),
        start=await steps(clinic.id),
    )


async def steps(clinic: UUID) -> shapes.StartSteps:
    """Which of the first steps a clinic has done."""
    has = models.PhoneNumber.filter(organization_id=clinic).exclude(status=NumberStatus.RELEASED)
    has_tried = await has.filter(test_state=TriedState.SENT).exists() or await _has_sent(clinic)
    working = models.Membership.filter(team__organization_id=clinic, user__active=True)
    who = {user for (user,) in await working.values_list("user_id")}
    return shapes.StartSteps(number=await has.exists(), people=len(who) > 1, tried=has_tried)


async def _has_sent(clinic: UUID) -> bool:
    return await models.Delivery.filter(organization_id=clinic, state__in=(State.SENT, State.DELIVERED)).exists()


async def _numbers(ours: Collection[models.PhoneNumber], teams: dict[UUID, str]) -> list[shapes.OurNumber]:
    many = await _open_conversations([number.id for number in ours])
    return [
        shapes.OurNumber(
            id=each.id,
            number=each.e164,
            label=each.label,
            team=each.team_id,
            team_name=teams[each.team_id],
            goes_to=each.endpoint.value,
            status=each.status.value,
            why=_words(numbers.obstacle(each)),
            since=each.created_at,
            released_at=each.released_at,
            conversations=many.get(each.id, 0),
            test=_test(each),
        )
        for each in ours
    ]


_OPEN = """
SELECT n.id AS number, COUNT(c.id) AS many FROM "phone_number" n JOIN "conversation" c ON c.team_id = n.team_id
WHERE n.id IN ({ids}) AND c.is_open AND c.current AND (c.phone_number_id = n.id OR (c.phone_number_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM "phone_number" o
    WHERE o.team_id = n.team_id AND o.created_at < n.created_at AND o.status <> 'released'))) GROUP BY n.id
"""


async def _open_conversations(ids: list[UUID]) -> dict[UUID, int]:
    """How many open conversations go on from each number; those that name none go on from a team's first."""
    if not ids:
        return {}
    rows = await sql.fetch(_OPEN.format(ids=sql.marks(ids)), ids)
    return {sql.as_id(row["number"]): int(str(row["many"])) for row in rows}


def _test(number: models.PhoneNumber) -> shapes.NumberTest | None:
    if number.tested_at is None or number.test_state is None:
        return None
    return shapes.NumberTest(number.tested_at, number.test_state.value, _words(number.test_why))


async def _orders(clinic: UUID, teams: dict[UUID, str]) -> list[shapes.WantedNumber]:
    rows = await models.NumberOrder.filter(organization_id=clinic).order_by("-created_at", "-id").limit(ORDERS)
    who = {user.id: user.name for user in await models.User.filter(id__in=[row.by_id for row in rows if row.by_id])}
    return [
        shapes.WantedNumber(
            id=row.id,
            number=row.e164,
            kind=row.kind.value,
            team_name=teams[row.team_id],
            by=who.get(row.by_id) if row.by_id else None,
            at=row.created_at,
            changed_at=row.changed_at,
            state=row.state.value,
            carrier=row.carrier,
            words=WORDS.get(row.why) if row.why else None,
            note=row.note,
        )
        for row in rows
    ]


async def _registration(clinic: UUID) -> list[shapes.RegistrationStep]:
    rows = await models.Registration.filter(organization_id=clinic).order_by("-created_at", "-id").limit(STEPS)
    return [shapes.RegistrationStep(row.created_at, row.of.value, row.state.value, row.note) for row in rows]


def _area_code(clinic: models.Organization) -> str | None:
    try:
        return area_codes.of(people.phone(clinic.phone))
    except Refusal:
        return None


def _words(code: str | None) -> str | None:
    said = reasons.of(code) if code else None
    return said.words if said else code
