"""A clinic gets its phone number: its admin looks for one by area code and orders it, or asks to bring its own.

What the carrier must do is done by the worker (`number_buying`). Numbers that belonged to another clinic are not
given to this one: patients would still write to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from tortoise.exceptions import IntegrityError

from server import access, area_codes, audit, clock, errors, facts, models, people, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, jobs, managing, number_releases, words
from server.errors import Kind, Refusal
from server.models import NumberStatus, OrderKind, OrderState, Plan
from server.queries import ways

KIND = "number.order"
"""The job that buys one."""
MOST_OFFERS = 6
MOST_TRIED = 5
"""So many area codes are asked for before we say that nothing is free."""
MOST_NUMBERS = {Plan.TRIAL: 1, Plan.PAID: 20}
LOOKS_AN_HOUR = 60
HOUR = timedelta(hours=1)
LONGEST_CARRIER = 60


class Offer(Protocol):
    """A number for rent (E.164), and what it costs in a month."""

    @property
    def number(self) -> str: ...

    @property
    def monthly(self) -> str | None: ...


class Found(Protocol):
    """What a seller has; with `trouble` nothing is known."""

    @property
    def offers(self) -> Sequence[Offer]: ...

    @property
    def trouble(self) -> str | None: ...


class Seller(Protocol):
    """Who rents numbers out."""

    async def search(self, area_code: str, *, at_most: int) -> Found: ...


@dataclass(frozen=True, slots=True)
class Offers:
    """Numbers in the area code `code`, which stands in for the one that was asked for where those in `none_in` have
    none.
    """

    code: str
    offers: list[Offer]
    none_in: list[str]


_seller: Seller | None = None


def use_seller(seller: Seller | None) -> None:
    """Take who is asked for numbers; `boot` calls this."""
    global _seller
    _seller = seller


async def search(area_code: str, *, by: access.Staff) -> Offers:
    """Numbers that the clinic could have in an area code, else in the nearest one where some are free.

    :raises Refusal: `not_allowed`, `not_an_area_code`, `no_plan`, `too_many`, `carrier_silent`
    """
    managing.must_be_admin(by)
    if not area_codes.is_one(area_code):
        sentence = "Write an area code of the United States as three digits, such as 312."
        raise Refusal(Kind.INVALID, "not_an_area_code", sentence)
    _must_have_plan(await models.Organization.get(id=by.organization))
    await budgets.spend(f"numbers:{by.organization}", at_most=LOOKS_AN_HOUR, per=HOUR)
    none_in: list[str] = []
    for code in [area_code, *area_codes.near(area_code)][:MOST_TRIED]:
        if offers := await offered(code):
            return Offers(code, offers, none_in)
        none_in.append(code)
    return Offers(area_code, [], none_in)


async def offered(code: str) -> list[Offer]:
    """Numbers in an area code that nobody here has, had or ordered.

    :raises Refusal: `carrier_silent`
    """
    # More than are shown: some of them may be left out.
    found = await _seller.search(code, at_most=2 * MOST_OFFERS) if _seller else None
    if found is None or found.trouble:
        sentence = "The carrier does not say now which numbers are free. Try again in a few minutes."
        raise Refusal(Kind.UNAVAILABLE, "carrier_silent", sentence)
    asked = [each.number for each in found.offers]
    known = {number for (number,) in await models.PhoneNumber.filter(e164__in=asked).values_list("e164")}
    ordered = models.NumberOrder.filter(e164__in=asked, current=True)
    known |= {number for (number,) in await ordered.values_list("e164")}
    return [each for each in found.offers if each.number not in known][:MOST_OFFERS]


async def order(number: str, team_id: UUID, *, by: access.Staff) -> models.NumberOrder:
    """Order a number (E.164) for a team. It is bought once, whatever happens meanwhile; the same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `no_plan`, `not_a_phone`, `not_an_area_code`, `number_taken`,
        `order_waits`, `too_many_numbers`
    """
    managing.must_be_admin(by)
    return await place(by.organization, number, team_id, by=by.user)


async def place(organization_id: UUID, number: str, team_id: UUID, *, by: UUID | None) -> models.NumberOrder:
    """The same; the operator does it for a clinic, which sees it.

    :raises Refusal: as `order`
    """
    e164 = _ours(number)
    try:
        async with transaction() as tx:
            organization = await _locked(organization_id)
            team = await _team(organization_id, team_id)
            _must_have_plan(organization)
            if waiting := await models.NumberOrder.filter(organization_id=organization_id, is_buying=True).first():
                if waiting.e164 == e164 and waiting.team_id == team_id:
                    return waiting
                sentence = "Another number is being bought for your clinic. Wait until it is here."
                raise Refusal(Kind.CONFLICT, "order_waits", sentence)
            await _must_be_free(organization, e164)
            await _must_have_room(organization)
            made = _new(organization, team, e164, OrderKind.NEW, by=by)
            made.is_buying = True
            await _keep(tx, made)
            await jobs.begin(KIND, made.id, at=clock.now())
            return made
    except IntegrityError:
        raise _taken() from None


async def bring(number: str, carrier: str, team_id: UUID, *, by: access.Staff) -> models.NumberOrder:
    """Ask to bring a number along that the clinic has with another carrier. The operator arranges it, for days; the
    number goes on working where it is. The same again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`, `no_plan`, `not_a_phone`, `not_an_area_code`, `number_taken`, `empty`,
        `too_long`, `hidden_characters`
    """
    managing.must_be_admin(by)
    e164, name = _ours(number), people.clean_name(carrier, field="carrier's name")
    if not name:
        raise Refusal(Kind.INVALID, "empty", "Write which carrier the number is with now.")
    if len(name) > LONGEST_CARRIER:
        raise Refusal(Kind.INVALID, "too_long", f"The carrier's name can have {LONGEST_CARRIER} characters.")
    try:
        async with transaction() as tx:
            organization = await _locked(by.organization)
            team = await _team(organization.id, team_id)
            _must_have_plan(organization)
            waits = models.NumberOrder.filter(organization_id=organization.id, e164=e164, current=True)
            if waiting := await waits.first():
                return waiting
            await _must_be_free(organization, e164)
            made = _new(organization, team, e164, OrderKind.OWN, by=by.user)
            made.carrier = name
            await _keep(tx, made)
            return made
    except IntegrityError:
        raise _taken() from None


async def say_porting(order_id: UUID, state: OrderState, note: str = "") -> models.NumberOrder:
    """The operator says how far a number is that is brought along: `porting`, `done` or `refused`, with a sentence for
    the clinic. When it is done, the number is the team's.

    :raises Refusal: `unknown`, `not_now`, `empty`, `too_long`, `hidden_characters`
    """
    said = words.remark(note, most=300)
    async with transaction() as tx:
        found = await models.NumberOrder.filter(id=order_id).select_for_update(no_key=True).first()
        if found is None:
            raise errors.unknown()
        if found.kind is not OrderKind.OWN or found.current is None:
            raise Refusal(Kind.CONFLICT, "not_now", "This order is settled, or it is no number that is brought along.")
        if state is OrderState.REFUSED and not said:
            raise Refusal(Kind.INVALID, "empty", "Write for the clinic why it was refused.")
        found.note = said or None
        if state is OrderState.DONE:
            await hand_over(tx, found)
        else:
            await turn(tx, found, state)
        return found


async def turn(tx: Transaction, order: models.NumberOrder, state: OrderState, *, why: str | None = None) -> None:
    """Inside a verb that holds an order: it is this far now."""
    order.state, order.why, order.changed_at = state, why, clock.now()
    if state in (OrderState.DONE, OrderState.REFUSED):
        order.current = order.is_buying = None
    await order.save()
    data: dict[str, object] = {"state": state.value, "why": why}
    await audit.enter(Did.NUMBER_ORDER_CHANGED, organization=order.organization_id, about=order.id, data=data)
    tx.record(facts.NumbersChanged(), order.organization_id)


async def hand_over(tx: Transaction, order: models.NumberOrder) -> models.PhoneNumber:
    """Inside the same: the number is the team's. In a trial its texts go to the handset inside the product; otherwise
    they wait until it is registered with carriers. One that the clinic had before is the same number again.
    """
    organization = await models.Organization.get(id=order.organization_id)
    endpoint = models.PhoneEndpoint.HANDSET if organization.plan is Plan.TRIAL else models.PhoneEndpoint.LIVE
    number = await models.PhoneNumber.filter(e164=order.e164).select_for_update(no_key=True).first()
    is_new = number is None
    number = number or models.PhoneNumber(
        id=tokens.new_id(), organization_id=organization.id, e164=order.e164, created_at=clock.now()
    )
    number.team_id, number.endpoint, number.status = order.team_id, endpoint, NumberStatus.PENDING
    number.released_at = number.attached_at = None
    await number.save(force_create=is_new)
    data: dict[str, object] = {"team": order.team_id, "order": order.id}
    await audit.enter(Did.NUMBER_LINKED, organization=organization.id, about=number.id, data=data)
    await turn(tx, order, OrderState.DONE)
    return number


def _new(
    organization: models.Organization, team: models.Team, e164: str, kind: OrderKind, *, by: UUID | None
) -> models.NumberOrder:
    now = clock.now()
    return models.NumberOrder(
        id=tokens.new_id(),
        organization_id=organization.id,
        team_id=team.id,
        by_id=by,
        kind=kind,
        e164=e164,
        changed_at=now,
        created_at=now,
    )


async def _keep(tx: Transaction, order: models.NumberOrder) -> None:
    await order.save(force_create=True)
    data: dict[str, object] = {"kind": order.kind.value, "team": order.team_id}
    await audit.enter(Did.NUMBER_ORDERED, organization=order.organization_id, about=order.id, data=data)
    tx.record(facts.NumbersChanged(), order.organization_id)


def _ours(number: str) -> str:
    e164 = people.phone(number)
    if area_codes.of(e164) is None:
        raise Refusal(Kind.INVALID, "not_an_area_code", "The number must have an area code of the United States.")
    return e164


def _must_have_plan(organization: models.Organization) -> None:
    if not ways.may_send(organization.plan, organization.plan_ends_at):
        sentence = "A number comes with a trial or a paid plan. Ask for one first."
        raise Refusal(Kind.FORBIDDEN, "no_plan", sentence)


async def _must_be_free(organization: models.Organization, e164: str) -> None:
    """A number that the clinic gave up can be its own again, and nobody else's."""
    there = await models.PhoneNumber.filter(e164=e164).first()
    is_own_again = there and there.organization_id == organization.id and there.status is NumberStatus.RELEASED
    if there and is_own_again and await jobs.is_open(number_releases.KIND, there.id):
        sentence = "Your clinic has just given this number up. Order it again in some minutes, when it is free."
        raise Refusal(Kind.CONFLICT, "number_taken", sentence)
    if (there and not is_own_again) or await models.NumberOrder.filter(e164=e164, current=True).exists():
        raise _taken()


async def _must_have_room(organization: models.Organization) -> None:
    have = models.PhoneNumber.filter(organization_id=organization.id).exclude(status=NumberStatus.RELEASED)
    most = MOST_NUMBERS.get(organization.plan, 0)
    if await have.count() >= most:
        has = "one number" if most == 1 else f"{most} numbers"
        raise Refusal(Kind.CONFLICT, "too_many_numbers", f"Your plan has {has}. Write to us if you need more.")


def _taken() -> Refusal:
    return Refusal(Kind.CONFLICT, "number_taken", "This number is taken. Choose another one.")


async def _locked(organization_id: UUID) -> models.Organization:
    found = await models.Organization.filter(id=organization_id).select_for_update(no_key=True).first()
    if found is None:
        raise errors.unknown()
    return found


async def _team(organization_id: UUID, team_id: UUID) -> models.Team:
    found = await models.Team.filter(id=team_id, organization_id=organization_id).first()
    if found is None:
        raise errors.unknown()
    return found
