"""A house per test, one made-up carrier account per session."""

from collections.abc import AsyncIterator, Iterator

import pytest

from server.domain import schedule
from server.simulator import invented
from server.simulator.settings import SimulatorSettings
from tests.server.worker import house as houses
from tests.server.worker.house import House
from tests.world import World


@pytest.fixture(scope="session")
def account() -> SimulatorSettings:
    return invented.account(time_scale=0.02)


@pytest.fixture
async def house(world: World, account: SimulatorSettings) -> AsyncIterator[House]:
    async with houses.opened(world, account) as opened:
        yield opened


@pytest.fixture
def day_in_a_second() -> Iterator[float]:
    pace = 1 / 86_400
    schedule.use_pace(pace)
    yield pace
    schedule.use_pace(1.0)
