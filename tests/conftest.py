"""The parts that every test may ask for."""

import pytest

from tests import world as cast
from tests.world import World

pytest_plugins = ["tests.missing", "tests.databases", "tests.redis_server", "tests.sharing_out"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The house runs on asyncio only."""
    return "asyncio"


@pytest.fixture
async def world(database: str) -> World:
    """The cast, in an open database of either kind."""
    return await cast.make()
