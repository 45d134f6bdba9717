"""The carrier's numbers: the real library against the simulated Numbers API."""

import dataclasses

import pytest

from server.gateways.carrier import VONAGE_URL, CarrierSettings
from server.gateways.vonage_numbers import Found, NumbersGateway, Own
from server.simulator import run

pytestmark = pytest.mark.anyio


@pytest.fixture
def numbers(settings: CarrierSettings) -> NumbersGateway:
    return NumbersGateway(settings)


def bought(carrier: run.Simulator, number: str) -> int:
    return sum(bid.is_done for bid in carrier.carrier.shop.bids if bid.act == "buy" and f"+{bid.msisdn}" == number)


async def test_numbers_of_an_area_code_are_offered(numbers: NumbersGateway) -> None:
    found = await numbers.search("312", at_most=3)

    assert [each.number for each in found.offers] == ["+13125550300", "+13125550301", "+13125550302"]
    assert found.offers[0].monthly == "0.90"
    assert await numbers.search("212") == Found()


async def test_a_number_is_bought_linked_and_given_up(numbers: NumbersGateway, carrier: run.Simulator) -> None:
    assert await numbers.own("+13125550300") == Own()
    assert (await numbers.buy("+13125550300")).kind == "accepted"
    assert await numbers.own("+13125550300") == Own(is_ours=True)
    assert (await numbers.link("+13125550300")).kind == "accepted"
    assert await numbers.own("+13125550300") == Own(is_ours=True, is_linked=True)
    again = await numbers.buy("+13125550300")
    assert (again.kind, again.code) == ("refused", "http_420")
    assert (await numbers.cancel("+13125550300")).kind == "accepted"
    assert await numbers.own("+13125550300") == Own()
    gone = await numbers.cancel("+13125550300")
    assert (gone.kind, gone.code) == ("refused", "http_420")
    assert bought(carrier, "+13125550300") == 1


@pytest.mark.parametrize(
    ("end", "kind", "code", "ours"),
    [
        ("0391", "uncertain", "cut", True),
        ("0392", "refused", "http_420", False),
        ("0393", "retry", "throttled", False),
        ("0394", "retry", "http_503", False),
        ("0395", "uncertain", "silence", False),
        ("0396", "uncertain", "cut", False),
        ("0397", "uncertain", "silence", True),
        ("0398", "refused", "auth", False),
    ],
)
async def test_every_way_of_buying_is_told_apart(
    numbers: NumbersGateway, carrier: run.Simulator, end: str, kind: str, code: str, ours: bool
) -> None:
    number = f"+1312555{end}"

    outcome = await numbers.buy(number)

    assert (outcome.kind, outcome.code) == (kind, code)
    assert (await numbers.own(number)).is_ours is ours
    assert len(carrier.carrier.shop.bids) == 1, "the library posts once"


async def test_what_the_carrier_does_not_say_is_not_known(numbers: NumbersGateway, settings: CarrierSettings) -> None:
    stranger = NumbersGateway(dataclasses.replace(settings, api_key="wrong"))

    assert await stranger.search("312") == Found(trouble="auth")
    assert await stranger.own("+13125550300") == Own(trouble="auth")
    away = NumbersGateway(dataclasses.replace(settings, api_url="http://127.0.0.1:9"))
    assert await away.own("+13125550300") == Own(trouble="unreachable")


def test_numbers_are_at_a_host_of_their_own(settings: CarrierSettings) -> None:
    assert dataclasses.replace(settings, api_url=VONAGE_URL).rest_host == "rest.nexmo.com"
    assert settings.api_url.endswith(settings.rest_host)
