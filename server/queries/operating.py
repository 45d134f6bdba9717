"""What an operator sees of the clinics: plans, numbers and counts. No query here reads a patient, a conversation, or a
word of theirs, so that none can be shown.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import errors, keys, models
from server.db import sql
from server.models import NumberStatus, RegistrationOf


@dataclass(frozen=True, slots=True)
class Asked:
    """What an admin asked for; `words` are for the operator."""

    wants: str
    by: str
    email: str
    at: datetime
    area_code: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """One clinic in the list. `registration` says how far each kind is; `seen_at` is when any of its staff last did
    something; `letters` waits for an answer.
    """

    id: UUID
    name: str
    plan: str
    ends_at: datetime | None
    zone: str
    had_trial: bool
    asks: str | None
    numbers: list[models.PhoneNumber]
    registration: dict[str, str]
    seen_at: datetime | None
    letters: int

    @property
    def waits(self) -> bool:
        """Whether it waits for an operator."""
        return self.asks is not None or self.letters > 0


@dataclass(frozen=True, slots=True)
class Details:
    """One clinic by itself."""

    clinic: Clinic
    phone: str
    asked: Asked | None
    teams: list[models.Team]
    orders: list[models.NumberOrder]
    steps: list[models.PlanChange]
    registrations: list[models.Registration]


_SEEN = """
SELECT u."organization_id" AS clinic, MAX(s."seen_at") AS seen
FROM "staff_session" s JOIN "user" u ON u."id" = s."user_id" GROUP BY u."organization_id"
"""
_LETTERS = """
SELECT "organization_id" AS clinic, COUNT(*) AS n FROM "letter"
WHERE "user_id" IS NOT NULL AND "read_at" IS NULL GROUP BY "organization_id"
"""


async def clinics() -> list[Clinic]:
    """All of them by name, those that wait for an operator first. Six queries, however many there are."""
    found = _put(await models.Organization.filter(erased_at=None).order_by("name"), await _facts())
    return sorted(found, key=lambda each: not each.waits)


async def clinic(clinic_id: UUID) -> Details:
    """One with everything an operator may act on.

    :raises Refusal: `unknown`
    """
    row = await models.Organization.filter(id=clinic_id, erased_at=None).first()
    if row is None:
        raise errors.unknown()
    own = {"organization_id": row.id}
    [shown] = _put([row], await _facts())
    return Details(
        clinic=shown,
        phone=row.phone,
        asked=await _asked(row.id),
        teams=await models.Team.filter(**own).order_by("name"),
        orders=await models.NumberOrder.filter(**own).order_by("-created_at", "-id").limit(10).select_related("team"),
        steps=await models.PlanChange.filter(**own).order_by("-created_at", "-id").limit(10),
        registrations=await models.Registration.filter(**own).order_by("-created_at", "-id").limit(10),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    asks: dict[UUID, str]
    numbers: dict[UUID, list[models.PhoneNumber]]
    registration: dict[UUID, dict[str, str]]
    seen: dict[UUID, datetime | None]
    letters: dict[UUID, int]


async def _facts() -> _Facts:
    asks = {row.organization_id: row.wants.value for row in await models.PlanRequest.filter(current=True)}
    numbers: dict[UUID, list[models.PhoneNumber]] = {}
    held = models.PhoneNumber.exclude(status=NumberStatus.RELEASED).order_by("created_at", "id")
    for number in await held.select_related("team"):
        numbers.setdefault(number.organization_id, []).append(number)
    registration: dict[UUID, dict[str, str]] = {}
    for step in await models.Registration.all().order_by("created_at", "id"):
        registration.setdefault(step.organization_id, {})[step.of.value] = step.state.value
    seen = {sql.as_id(row["clinic"]): sql.from_time(row["seen"]) for row in await sql.fetch(_SEEN, [])}
    letters = {sql.as_id(row["clinic"]): int(str(row["n"])) for row in await sql.fetch(_LETTERS, [])}
    return _Facts(asks, numbers, registration, seen, letters)


def _put(rows: list[models.Organization], facts: _Facts) -> list[Clinic]:
    return [
        Clinic(
            id=row.id,
            name=row.name,
            plan=row.plan.value,
            ends_at=row.plan_ends_at,
            zone=row.zone,
            had_trial=row.trial_began_at is not None,
            asks=facts.asks.get(row.id),
            numbers=facts.numbers.get(row.id, []),
            registration={of.value: facts.registration.get(row.id, {}).get(of.value, "none") for of in RegistrationOf},
            seen_at=facts.seen.get(row.id),
            letters=facts.letters.get(row.id, 0),
        )
        for row in rows
    ]


async def _asked(clinic_id: UUID) -> Asked | None:
    row = await models.PlanRequest.filter(organization_id=clinic_id, current=True).first()
    if row is None:
        return None
    ring, who = await keys.of(clinic_id), await models.User.get(id=row.by_id)
    words = ring.open("plan_request", "words", row.id, row.words_sealed) if row.words_sealed else ""
    return Asked(row.wants.value, who.name, who.email, row.created_at, row.area_code, words)
