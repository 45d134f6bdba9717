"""A small database with three generations of rows."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.migrate import run
from tests import shapes
from tests.server.migrate.packages import Package


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Package]:
    """Migrations of this test's own, the first one written."""
    before = list(sys.path)
    yield Package(tmp_path)
    sys.path[:] = before


@pytest.fixture
async def small_url(empty_url: str, package: Package) -> str:
    """A database of either kind after the first of those migrations: 3 clinics, 3 rooms, 3 beds."""
    await run.migrate(empty_url, package=package.name)
    for clinic in (1, 2, 3):
        parent = clinic - 1 or "NULL"
        text = f"'Mercy {clinic}', 'east; {clinic}', 'c{clinic}', '555'"
        await shapes.ask(empty_url, f"INSERT INTO clinic VALUES ({clinic}, {text}, {parent})")
        await shapes.ask(empty_url, f"INSERT INTO room VALUES ({clinic}, 'a;''b', {clinic})")
        await shapes.ask(empty_url, f"INSERT INTO bed VALUES ({clinic}, {clinic})")
    return empty_url
