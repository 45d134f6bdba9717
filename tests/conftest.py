"""The parts that every test may ask for."""

import pytest

from tests import world as cast
from tests.world import World

pytest_plugins = ["tests.missing", "tests.databases", "tests.redis_server"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The house runs on asyncio only."""
    return "asyncio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several processes one takes a whole file, and one all journeys, which share a demo."""
    for item in items:
        folder = item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(folder if folder == "journeys" else str(item.path)))


@pytest.fixture
async def world(database: str) -> World:
    """The cast, in an open database of either kind."""
    return await cast.make()
