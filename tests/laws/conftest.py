"""A record of each kind, and a browser on the real application, for the laws about who may know and do what."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server import app as roof
from server import files as storage
from server import keys
from tests import world
from tests.again import again
from tests.laws import one_of_each
from tests.web.browser import Browser
from tests.web.conftest import settings_for


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the documents of those records are, for every test to copy."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture
async def mercy(
    database: str, files: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> tuple[world.World, dict[str, Any]]:
    """The cast, in a database and a folder of this test's own; with a record of each kind for who asks for `theirs`."""
    if "theirs" not in request.fixturenames:
        return await world.make(), {}
    keys.use_master(world.MASTER)
    storage.use_folder(files)
    made = await again("one of each", lambda: one_of_each.make(database))
    storage.use_folder(shutil.copytree(files, tmp_path / "files"))
    return made


@pytest.fixture
def cast(mercy: tuple[world.World, dict[str, Any]]) -> world.World:
    return mercy[0]


@pytest.fixture
async def browser(database: str, cast: world.World) -> AsyncIterator[Browser]:
    async with Browser(roof.build(settings_for(database))) as opened:
        yield opened


@pytest.fixture
async def theirs(browser: Browser, mercy: tuple[world.World, dict[str, Any]]) -> dict[str, Any]:
    """Mercy's records, by the names that routes have for them. The browser is Dana's."""
    cast, records = mercy
    await browser.enter(cast.dana)
    return records
