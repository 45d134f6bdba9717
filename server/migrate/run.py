"""`migrate` and `pending`: what `python -m server migrate` does."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import PlanStep
from tortoise.transactions import in_transaction

from server.db import connect
from server.errors import Kind, Refusal
from server.migrate import backup, lock
from server.migrate.executor import Executor
from server.migrate.grants import grants

# A change that waits for its lock stops everybody who comes after it, so on PostgreSQL it gives up soon.
POSTGRES_LIMITS = {"lock_timeout": "10s", "statement_timeout": "15min"}


async def migrate(
    url: str,
    *,
    target: str | None = None,
    backup_dir: Path | None = None,
    app_role: str | None = None,
    package: str = connect.MIGRATIONS,
) -> list[str]:
    """Bring the database to `target` (None: the newest), forwards or backwards; return the migrations' names in order.

    Another migrator is waited for. An embedded database that holds anything is first copied into `backup_dir` (None:
    beside it). `app_role` is then given its rights (PostgreSQL only). `package` is where the migrations are.
    Refuses with `newer`, `unknown`, `busy` or `broken`.
    """
    path = _path(url)
    if path:
        _create(Path(path))
    async with _open(url) as connection, lock.alone(connection, path):
        executor = Executor(connection, package)
        steps = await executor.steps(target)
        if path and steps:
            await asyncio.to_thread(backup.back_up, Path(path), backup_dir)
        done = await _apply(executor, steps)
        if app_role and not path:
            await _grant(app_role)
    return done


async def pending(url: str, *, package: str = connect.MIGRATIONS) -> list[str]:
    """The names of the migrations that the database has yet to see, oldest first. Refuses with `newer`."""
    async with _open(url) as connection:
        return [step.migration.name for step in await Executor(connection, package).steps(None)]


async def _apply(executor: Executor, steps: Sequence[PlanStep]) -> list[str]:
    await executor.prepare()
    try:
        return [await executor.run(step) for step in steps]
    except (asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError) as waited:
        sentence = "The database was too busy to be changed. The migration was undone; try again at a quieter time."
        raise Refusal(Kind.UNAVAILABLE, "busy", sentence) from waited


async def _grant(app_role: str) -> None:
    async with in_transaction("default") as transaction:
        for statement in grants(app_role):
            await transaction.execute_script(statement)


@asynccontextmanager
async def _open(url: str) -> AsyncIterator[BaseDBAsyncClient]:
    # A context of our own, beside whatever this process has open, and without today's models: migrations carry theirs.
    # It closes what it opened, also after a failure: the SQLite driver's thread would keep the process alive.
    async with TortoiseContext() as context:
        context.connections._init_config({"default": _opening(url)})
        yield context.connections.get("default")


def _opening(url: str) -> connect.Connection:
    opening = connect.connections(url, pool=2)["default"]
    if (path := _path(url)) is None:
        opening["credentials"]["server_settings"] = POSTGRES_LIMITS
        return opening
    opening["credentials"]["foreign_keys"] = "OFF"
    if not Path(path).exists():
        # Only `pending` comes here without a file; asking makes none.
        opening["credentials"]["file_path"] = ":memory:"
    return opening


def _path(url: str) -> str | None:
    return str(connect.connections(url)["default"]["credentials"]["file_path"]) if connect.is_sqlite(url) else None


def _create(path: Path) -> None:
    # SQLite gives its journal the rights of the database; nobody else on the machine needs to read either.
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
