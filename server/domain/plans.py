"""A clinic's plan: its admin asks, the operator decides. What goes out is asked by the gate (`queries/ways.may_send`).

None of this deletes or stops anything that comes in: a clinic without a plan reads, receives, and keeps its number.
"""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from server import access, audit, clock, errors, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import words
from server.errors import Kind, Refusal
from server.models import Plan
from server.queries import ways

TRIAL_DAYS = 7
LONGEST = 1000
WISHES = (Plan.TRIAL, Plan.PAID)


async def ask(wants: Plan, *, by: access.Staff, body: str = "", area_code: str | None = None) -> models.PlanRequest:
    """Ask the operator for a trial or a paid plan, with a few words; in `area_code` (three digits) the clinic wants its
    number. An admin does. While one waits, asking again changes nothing.

    :raises Refusal: `not_allowed`, `has_plan`, `trial_used`, `not_a_plan`, `not_an_area_code`, `too_long`,
        `hidden_characters`
    """
    if by.role is not models.Role.ADMIN:
        raise Refusal(Kind.FORBIDDEN, "not_allowed", "Only an admin of your clinic can ask for this.")
    if wants not in WISHES:
        raise Refusal(Kind.INVALID, "not_a_plan", "Ask for a trial or for a paid plan.")
    said = words.remark(body, most=LONGEST)
    if area_code is not None and not _is_area_code(area_code):
        raise Refusal(Kind.INVALID, "not_an_area_code", "Write the area code as three digits, such as 312.")
    async with transaction() as tx:
        organization = await _locked(by.organization)
        if waiting := await _waiting(organization):
            return waiting
        _may_have(organization, wants)
        request = models.PlanRequest(
            id=tokens.new_id(),
            organization_id=organization.id,
            wants=wants,
            by_id=by.user,
            area_code=area_code,
            created_at=clock.now(),
        )
        ring = await keys.of(organization.id)
        request.words_sealed = ring.seal("plan_request", "words", request.id, said) if said else None
        await request.save(force_create=True)
        await audit.enter(Did.PLAN_ASKED, organization=organization.id, about=request.id, data={"wants": wants.value})
        tx.record(facts.PlanChanged(), organization.id)
        return request


async def start_trial(organization_id: UUID) -> models.Organization:
    """The operator lets a clinic try everything for seven days: until the same time of its day a week from now. Once.
    Again while it runs changes nothing.

    :raises Refusal: `unknown`, `has_plan`, `trial_used`
    """
    async with transaction() as tx:
        organization = await _locked(organization_id)
        if organization.plan is Plan.TRIAL and ways.may_send(organization.plan, organization.plan_ends_at):
            return organization
        _may_have(organization, Plan.TRIAL)
        organization.trial_began_at = clock.now()
        return await _become(tx, organization, Plan.TRIAL, ends_at=_end_of_trial(organization))


async def start_paid(organization_id: UUID) -> models.Organization:
    """The operator makes the clinic a paying one, or lets a suspended one go on. Numbers and history stay.

    :raises Refusal: `unknown`
    """
    return await _set(organization_id, Plan.PAID)


async def suspend(organization_id: UUID) -> models.Organization:
    """The operator lets nothing of the clinic go out for now. What comes in, and stops, work on.

    :raises Refusal: `unknown`
    """
    return await _set(organization_id, Plan.SUSPENDED)


async def end(organization_id: UUID) -> models.Organization:
    """The operator ends whatever plan the clinic has. Nothing is deleted.

    :raises Refusal: `unknown`
    """
    return await _set(organization_id, Plan.NONE)


async def _set(organization_id: UUID, plan: Plan) -> models.Organization:
    async with transaction() as tx:
        organization = await _locked(organization_id)
        return organization if organization.plan is plan else await _become(tx, organization, plan, ends_at=None)


async def _become(
    tx: Transaction, organization: models.Organization, plan: Plan, *, ends_at: datetime | None
) -> models.Organization:
    now = clock.now()
    change = await models.PlanChange.create(
        id=tokens.new_id(),
        organization_id=organization.id,
        before=organization.plan,
        plan=plan,
        ends_at=ends_at,
        created_at=now,
    )
    data: dict[str, object] = {"before": organization.plan.value, "plan": plan.value}
    before, of_it = organization.plan, {"organization_id": organization.id}
    organization.plan, organization.plan_ends_at = plan, ends_at
    if before is Plan.NONE and plan in WISHES and not await models.PhoneNumber.filter(**of_it).exists():
        organization.is_starting = True
    await organization.save(update_fields=["plan", "plan_ends_at", "trial_began_at", "is_starting"])
    if before is Plan.TRIAL and plan is Plan.PAID:
        # Texts of a clinic that pays go to real phones, as soon as carriers take them.
        await models.PhoneNumber.filter(**of_it).update(endpoint=models.PhoneEndpoint.LIVE)
        tx.record(facts.NumbersChanged(), organization.id)
    if plan in WISHES and (waiting := await _waiting(organization)):
        waiting.current, waiting.settled_at = None, now
        await waiting.save(update_fields=["current", "settled_at"])
    await audit.enter(Did.PLAN_CHANGED, organization=organization.id, about=change.id, data=data)
    tx.record(facts.PlanChanged(), organization.id)
    return organization


async def _locked(organization_id: UUID) -> models.Organization:
    found = await models.Organization.filter(id=organization_id, erased_at=None).select_for_update(no_key=True).first()
    if found is None:
        raise errors.unknown()
    return found


async def _waiting(organization: models.Organization) -> models.PlanRequest | None:
    return await models.PlanRequest.filter(organization_id=organization.id, current=True).first()


def _may_have(organization: models.Organization, wants: Plan) -> None:
    if organization.plan in (Plan.PAID, Plan.SUSPENDED):
        raise Refusal(Kind.CONFLICT, "has_plan", "Your clinic has a plan already.")
    if wants is Plan.TRIAL and organization.trial_began_at is not None:
        raise Refusal(Kind.CONFLICT, "trial_used", "Your clinic has had its trial. Ask for a paid plan.")


def _end_of_trial(organization: models.Organization) -> datetime:
    """A week by the clinic's calendar: it ends at the hour at which it began, also over a change of the clocks."""
    here = clock.now().astimezone(ZoneInfo(organization.zone))
    return (here + timedelta(days=TRIAL_DAYS)).astimezone(clock.now().tzinfo)


def _is_area_code(text: str) -> bool:
    """NANPA: the first digit of an area code is 2 to 9."""
    return len(text) == 3 and text.isascii() and text.isdigit() and text[0] in "23456789"
