"""A number from the order to the team: the real library, the simulated carrier, a worker; once, whatever the answer."""

from dataclasses import replace
from uuid import UUID

import pytest

from server import access, models
from server.domain import number_orders, number_releases, number_tests, registrations
from server.models import NumberStatus, OrderState, PhoneEndpoint, RegistrationOf, RegistrationState, TriedState
from server.queries import our_numbers
from tests.refusing import refused
from tests.server.worker.house import House
from tests.world import World

pytestmark = pytest.mark.anyio


def admin(world: World) -> access.Staff:
    return replace(world.dana, role=models.Role.ADMIN)


def front(world: World) -> UUID:
    return world.mercy.teams["Front desk"].id


def buys(house: House, number: str) -> list[bool]:
    """Each post that would buy it: whether it did."""
    shop = house.simulator.carrier.shop
    return [bid.is_done for bid in shop.bids if bid.act == "buy" and f"+{bid.msisdn}" == number]


async def settled(house: House, order: models.NumberOrder) -> models.NumberOrder:
    async def ask() -> models.NumberOrder | None:
        found = await models.NumberOrder.get(id=order.id)
        return found if found.state in (OrderState.DONE, OrderState.REFUSED) else None

    return await house.until(ask)


@pytest.mark.parametrize(
    ("end", "posts"),
    [
        ("0300", [True]),
        ("0391", [True]),  # bought, and the answer cut
        ("0397", [True]),  # bought, and never answered
        ("0393", [False, True]),  # 429
        ("0394", [False, True]),  # 503
        ("0395", [False, True]),  # never answered, not bought
        ("0396", [False, True]),  # cut, not bought
        ("0399", [True]),  # linking fails first
    ],
)
async def test_a_number_is_bought_once_linked_and_the_teams(house: House, end: str, posts: list[bool]) -> None:
    number = f"+1312555{end}"
    order = await number_orders.order(number, front(house.world), by=admin(house.world))

    async with house.working():
        found = await settled(house, order)

    ours = await models.PhoneNumber.get(e164=number)
    assert found.state is OrderState.DONE
    assert buys(house, number) == posts
    shop = house.simulator.carrier.shop
    assert shop.owned[number.removeprefix("+")].app_id is not None
    assert (ours.team_id, ours.endpoint, ours.status) == (
        front(house.world),
        PhoneEndpoint.LIVE,
        NumberStatus.PENDING,
    )


async def test_one_that_somebody_took_meanwhile_is_refused_in_words(house: House) -> None:
    order = await number_orders.order("+13125550392", front(house.world), by=admin(house.world))

    async with house.working():
        await settled(house, order)

    [shown] = (await our_numbers.shown(admin(house.world))).orders
    assert (shown.state, shown.words) == ("refused", "somebody else took this number")
    assert not await models.PhoneNumber.filter(e164="+13125550392").exists()
    again = await number_orders.order("+13125550301", front(house.world), by=admin(house.world))
    assert again.state is OrderState.ASKED


async def test_one_that_the_account_has_already_is_not_for_a_clinic_to_take(house: House) -> None:
    house.simulator.carrier.shop.buy("13125550302")
    order = await number_orders.order("+13125550302", front(house.world), by=admin(house.world))

    async with house.working():
        found = await settled(house, order)

    assert (found.state, found.why) == (OrderState.REFUSED, "number_taken")


async def test_a_released_number_is_given_up_at_the_carrier_and_can_come_back(house: House) -> None:
    by, number = admin(house.world), "+13125550391"
    order = await number_orders.order(number, front(house.world), by=by)
    async with house.working():
        await settled(house, order)
        ours = await models.PhoneNumber.get(e164=number)
        await number_releases.release(ours.id, "(312) 555-0391", by=by)

        async def is_gone() -> bool:
            open_jobs = models.Work.filter(kind=number_releases.KIND, done_at=None)
            return not await open_jobs.exists()

        await house.until(is_gone)
        assert house.simulator.carrier.shop.owned == {}
        again = await number_orders.order(number, front(house.world), by=by)
        await settled(house, again)

    back = await models.PhoneNumber.get(e164=number)
    assert (back.id, back.status, back.released_at) == (ours.id, NumberStatus.PENDING, None)
    assert buys(house, number) == [True, True]


async def test_a_registered_number_sends_a_test_to_a_phone_of_the_clinics_own(house: House) -> None:
    by, clinic = admin(house.world), house.world.mercy.organization.id
    order = await number_orders.order("+13125550300", front(house.world), by=by)
    async with house.working():
        await settled(house, order)
        ours = await models.PhoneNumber.get(e164="+13125550300")
        assert await refused(number_tests.send(ours.id, "312 555 0177", by=by)) == "no_way_to_reach"
        for of in RegistrationOf:
            await registrations.say(clinic, of, RegistrationState.APPROVED)
        await registrations.attach("+13125550300")
        assert await refused(number_tests.send(ours.id, "312 555 0142", by=by)) == "patients_phone"

        await number_tests.send(ours.id, "312 555 0177", by=by)

        async def is_sent() -> bool:
            return (await models.PhoneNumber.get(id=ours.id)).test_state is TriedState.SENT

        await house.until(is_sent)

    [post] = house.posts()
    assert (post.to, post.sender, post.text) == ("13125550177", "13125550300", number_tests.WORDS)
    assert (await our_numbers.steps(clinic)).tried


async def test_what_waits_does_not_leave_from_a_number_that_was_given_up(house: House) -> None:
    conversation = await house.patient("+13125557701")
    message = await house.post(conversation)
    number = house.world.mercy.numbers["Front desk"]
    await number_releases.release(number.id, number.e164, by=admin(house.world))

    async with house.working():
        row = await house.until_state(message, models.State.FAILED)

    assert row.reason in ("number_released", "no_number")
    assert house.posts() == []
