"""Getting a number: who may, what is refused, what carriers' registration lets go, and who sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from server import access, area_codes, clock, models
from server.domain import messages, number_orders, number_releases, plans, registrations, starting, teams
from server.models import (
    NumberStatus,
    OrderState,
    PhoneEndpoint,
    Plan,
    RegistrationOf,
    RegistrationState,
    TriedState,
    Via,
)
from server.queries import numbers, our_numbers
from tests.refusing import refused
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Offer:
    number: str
    monthly: str | None = None


@dataclass(frozen=True)
class Found:
    offers: tuple[Offer, ...] = ()
    trouble: str | None = None


class Shop:
    """A seller who has ten numbers in each area code but those that are sold out."""

    def __init__(self, *sold_out: str, trouble: str | None = None) -> None:
        self.sold_out, self.trouble, self.asked = sold_out, trouble, list[str]()

    async def search(self, area_code: str, *, at_most: int) -> Found:
        self.asked.append(area_code)
        if self.trouble:
            return Found(trouble=self.trouble)
        if area_code in self.sold_out:
            return Found()
        return Found(tuple(Offer(f"+1{area_code}55503{nth:02d}") for nth in range(at_most)))


@pytest.fixture(autouse=True)
def shop() -> Iterator[Shop]:
    shop = Shop("212", "332")
    number_orders.use_seller(shop)
    yield shop
    number_orders.use_seller(None)
    clock.shift(timedelta())


def admin(world: World) -> access.Staff:
    return replace(world.dana, role=models.Role.ADMIN)


def front(world: World) -> UUID:
    return world.mercy.teams["Front desk"].id


async def approve(clinic: UUID) -> None:
    for of in RegistrationOf:
        await registrations.say(clinic, of, RegistrationState.APPROVED)


async def bring(world: World, number: str = "+13125550320") -> models.PhoneNumber:
    order = await number_orders.bring(number, "Bell", front(world), by=admin(world))
    await number_orders.say_porting(order.id, OrderState.DONE)
    return await models.PhoneNumber.get(e164=number)


async def test_an_area_code_offers_what_nobody_has_and_one_near_it_where_none_is_free(world: World, shop: Shop) -> None:
    await number_orders.order("+13125550300", front(world), by=admin(world))

    here = await number_orders.search("312", by=admin(world))
    near = await number_orders.search("212", by=admin(world))

    assert [each.number for each in here.offers][:2] == ["+13125550301", "+13125550302"]
    assert (here.code, here.none_in, len(here.offers)) == ("312", [], number_orders.MOST_OFFERS)
    assert (near.code, near.none_in) == ("646", ["212"])


async def test_who_may_not_look_or_order(world: World, shop: Shop) -> None:
    by, team = admin(world), front(world)
    for who in (world.dana, world.val):
        assert await refused(number_orders.search("312", by=who)) == "not_allowed"
        assert await refused(number_orders.order("+13125550300", team, by=who)) == "not_allowed"
        assert await refused(number_orders.bring("+13125550300", "Bell", team, by=who)) == "not_allowed"
    assert await refused(our_numbers.shown(world.dana)) == "not_allowed"
    assert await refused(number_orders.search("199", by=by)) == "not_an_area_code"
    assert await refused(number_orders.order("+442079460000", team, by=by)) == "not_an_area_code"
    for other in (world.lakeside.teams["Front desk"].id, uuid4()):
        assert await refused(number_orders.order("+13125550300", other, by=by)) == "unknown"
    assert await refused(number_orders.order("+13125550110", team, by=by)) == "number_taken"
    shop.trouble = "silence"
    assert await refused(number_orders.search("312", by=by)) == "carrier_silent"
    await plans.end(world.mercy.organization.id)
    assert await refused(number_orders.search("312", by=by)) == "no_plan"
    assert await refused(number_orders.order("+13125550300", team, by=by)) == "no_plan"
    assert await models.NumberOrder.all().count() == 0


async def test_a_clinic_buys_one_at_a_time_and_the_same_again_is_the_same(world: World) -> None:
    first = await number_orders.order("+13125550300", front(world), by=admin(world))
    again = await number_orders.order("(312) 555-0300", front(world), by=admin(world))

    assert first.id == again.id
    assert await models.Work.filter(kind=number_orders.KIND).count() == 1
    assert await refused(number_orders.order("+13125550301", front(world), by=admin(world))) == "order_waits"
    other = replace(world.alex, role=models.Role.ADMIN)
    theirs = world.lakeside.teams["Front desk"].id
    assert await refused(number_orders.order("+13125550300", theirs, by=other)) == "number_taken"


async def test_a_trial_has_one_number_whose_texts_stay_inside_until_the_clinic_pays(world: World) -> None:
    clinic = world.mercy.organization.id
    await plans.end(clinic)
    await models.PhoneNumber.filter(organization_id=clinic).update(status=NumberStatus.RELEASED)
    await plans.start_trial(clinic)
    ours = await bring(world)

    assert ours.endpoint is PhoneEndpoint.HANDSET
    assert numbers.obstacle(ours) is None
    assert await refused(number_orders.order("+13125550301", front(world), by=admin(world))) == "too_many_numbers"
    await plans.start_paid(clinic)
    paid = await models.PhoneNumber.get(id=ours.id)
    assert (paid.endpoint, numbers.obstacle(paid)) == (PhoneEndpoint.LIVE, "number_pending")


async def test_a_number_that_is_brought_along_is_tracked_to_its_end(world: World) -> None:
    order = await number_orders.bring("312 555 0320", "  Bell  Atlantic ", front(world), by=admin(world))
    await number_orders.say_porting(order.id, OrderState.PORTING, "Until Friday")
    [shown] = (await our_numbers.shown(admin(world))).orders

    assert (shown.kind, shown.state, shown.carrier, shown.note) == ("own", "porting", "Bell Atlantic", "Until Friday")
    assert await refused(number_orders.say_porting(order.id, OrderState.REFUSED)) == "empty"
    await number_orders.say_porting(order.id, OrderState.REFUSED, "The account number was wrong")
    assert await refused(number_orders.say_porting(order.id, OrderState.DONE)) == "not_now"
    assert await refused(number_orders.say_porting(uuid4(), OrderState.DONE)) == "unknown"
    ours = await bring(world)
    assert (ours.team_id, ours.status) == (front(world), NumberStatus.PENDING)


async def test_carriers_registration_decides_whether_a_number_sends(world: World) -> None:
    clinic, ours = world.mercy.organization.id, await bring(world)
    say = registrations.say

    assert numbers.obstacle(ours) == "number_pending"
    assert await refused(registrations.attach(ours.e164)) == "campaign_first"
    early = say(clinic, RegistrationOf.CAMPAIGN, RegistrationState.SUBMITTED)
    assert await refused(early) == "brand_first"
    await approve(clinic)
    await registrations.attach(ours.e164)
    assert numbers.obstacle(await models.PhoneNumber.get(id=ours.id)) is None

    assert await refused(say(clinic, RegistrationOf.CAMPAIGN, RegistrationState.REFUSED)) == "empty"
    await say(clinic, RegistrationOf.CAMPAIGN, RegistrationState.REFUSED, "The website has no privacy policy")
    assert numbers.obstacle(await models.PhoneNumber.get(id=ours.id)) == "number_pending"
    assert (await models.PhoneNumber.get(e164="+13125550100")).status is NumberStatus.ACTIVE
    await say(clinic, RegistrationOf.CAMPAIGN, RegistrationState.APPROVED)
    assert numbers.obstacle(await models.PhoneNumber.get(id=ours.id)) is None
    shown = (await our_numbers.shown(world.val)).registration
    assert [(step.of, step.state) for step in shown][:2] == [("campaign", "approved"), ("campaign", "refused")]
    assert await models.AuditEntry.filter(did="organization:registration_changed").count() == len(shown)


async def test_a_released_number_is_nobodys_way_out_and_its_past_stays(world: World) -> None:
    number, by = world.mercy.numbers["Front desk"], admin(world)
    await receive(incoming("Hello"))
    said = await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.dana)

    assert await refused(number_releases.release(number.id, "312 555 0199", by=by)) == "not_the_number"
    assert await refused(number_releases.release(number.id, number.e164, by=world.val)) == "not_allowed"
    stranger = replace(world.alex, role=models.Role.ADMIN)
    assert await refused(number_releases.release(number.id, number.e164, by=stranger)) == "unknown"
    await number_releases.release(number.id, "(312) 555-0100", by=by)
    await number_releases.release(number.id, "(312) 555-0100", by=by)

    assert await models.Work.filter(kind=number_releases.KIND).count() == 1
    assert said
    assert await models.Message.filter(phone_number_id=number.id).exists()
    assert await numbers.of_team(front(world)) is None
    shown = next(each for each in (await our_numbers.shown(by)).numbers if each.id == number.id)
    assert (shown.status, shown.why) == ("released", "your clinic gave this number up")


async def test_a_text_to_a_released_number_arrives_while_it_may_have_been_on_its_way(world: World) -> None:
    number = world.mercy.numbers["Front desk"]
    await number_releases.release(number.id, number.e164, by=admin(world))

    await receive(incoming("On its way"))
    clock.shift(timedelta(days=1, minutes=1))
    await receive(incoming("Too late"))

    assert await models.Message.filter(conversation_id=world.ines_thread.id, user_id=None).count() == 1
    [stray] = await models.Stray.all()
    assert stray.organization_id is None


async def test_the_counted_conversations_are_those_that_go_on_from_it(world: World) -> None:
    by = admin(world)
    first = {each.number: each.conversations for each in (await our_numbers.shown(by)).numbers}
    await teams.give_number(world.mercy.teams["Front desk"], "+13125550330")
    await models.Conversation.filter(id=world.omar_thread.id).update(
        phone_number_id=(await models.PhoneNumber.get(e164="+13125550330")).id
    )
    second = {each.number: each.conversations for each in (await our_numbers.shown(by)).numbers}

    assert first == {"+13125550100": 2, "+13125550101": 0}
    assert second == {"+13125550100": 1, "+13125550101": 0, "+13125550330": 1}


async def test_the_first_steps_stay_until_all_three_are_done(world: World) -> None:
    clinic, by = world.mercy.organization.id, admin(world)
    await plans.end(clinic)
    await models.PhoneNumber.filter(organization_id=clinic).delete()
    await plans.start_trial(clinic)
    assert (await models.Organization.get(id=clinic)).is_starting

    assert await refused(starting.finish(by=world.val)) == "not_allowed"
    assert await refused(starting.finish(by=by)) == "not_done_yet"
    ours = await bring(world)
    assert await refused(starting.finish(by=by)) == "not_done_yet"
    await models.PhoneNumber.filter(id=ours.id).update(test_state=TriedState.SENT)
    await starting.finish(by=by)
    await starting.finish(by=by)

    assert not (await models.Organization.get(id=clinic)).is_starting
    assert (await models.Organization.get(id=clinic)).plan is Plan.TRIAL


def test_area_codes_lead_to_their_neighbours() -> None:
    assert area_codes.near("312")[:2] == ["872", "773"]
    assert area_codes.near("307") == []
    assert "312" not in area_codes.near("312")
    assert area_codes.of("+13125550100") == "312"
    assert area_codes.of("+18005550100") is None
