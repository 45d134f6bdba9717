"""One migrator at a time; a second one waits. The lock dies with the process that held it."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient

from server.errors import Kind, Refusal

KEY = 0x426C6F6F6D
"""The advisory lock's number on PostgreSQL; any fixed one would do."""

PATIENCE_SECONDS = 600


@asynccontextmanager
async def alone(connection: BaseDBAsyncClient, path: str | None) -> AsyncIterator[None]:
    """Be the only migrator of this database; wait for another at most `PATIENCE_SECONDS`.

    `path` is the database's file, or None on PostgreSQL. Refuses with `busy` when the other one takes too long.
    """
    async with _file_lock(path) if path else _advisory_lock(connection):
        yield


@asynccontextmanager
async def _file_lock(path: str) -> AsyncIterator[None]:
    # SQLite itself locks an empty file beside the database: it knows every system's way and waits in good manner.
    beside = f"{path}.migrating"
    os.close(os.open(beside, os.O_CREAT | os.O_RDWR, 0o600))
    locking = sqlite3.connect(beside, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
    with closing(locking):
        try:
            await asyncio.to_thread(locking.execute, "BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as waited:
            raise _busy() from waited
        yield


@asynccontextmanager
async def _advisory_lock(connection: BaseDBAsyncClient) -> AsyncIterator[None]:
    # The pool lets go of a session's locks when it takes the session back, so this one is kept out of it meanwhile.
    async with connection.acquire_connection() as session:
        try:
            await session.execute(f"SET lock_timeout = '{PATIENCE_SECONDS}s'; SET statement_timeout = 0")
            await session.execute(f"SELECT pg_advisory_lock({KEY})")
        except asyncpg.LockNotAvailableError as waited:
            raise _busy() from waited
        yield


def _busy() -> Refusal:
    sentence = (
        "Another migration of this database has been running for too long. Nothing was changed; look at that one."
    )
    return Refusal(Kind.UNAVAILABLE, "busy", sentence)
