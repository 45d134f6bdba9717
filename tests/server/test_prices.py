"""What texts cost is said only where the operator has said what one does."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from server.queries import broadcasts, prices
from tests.server.domain import casting
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def unsaid() -> Iterator[None]:
    yield
    prices.use_prices(of_segment=None)


@pytest.mark.parametrize(("price", "segments", "cents"), [("0.0083", 1000, 830), ("0.0083", 1, 1), ("0.005", 1, 1)])
def test_is_in_whole_cents(price: str, segments: int, cents: int) -> None:
    prices.use_prices(of_segment=Decimal(price))

    assert prices.cents_of(segments) == cents


async def test_is_known_of_a_broadcast_before_it_goes(world: World) -> None:
    row = await casting.checked(world)
    unsaid = (await broadcasts.detail(row.id, world.dana)).check.cents
    prices.use_prices(of_segment=Decimal("0.5"))

    said = (await broadcasts.detail(row.id, world.dana)).check

    assert (unsaid, said.cents) == (None, 50 * said.segments)
    assert said.segments > 0
