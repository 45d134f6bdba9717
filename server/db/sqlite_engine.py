"""SQLite as we need it: writers take their lock at once, readers have a connection of their own.

The ORM opens transactions with a plain `BEGIN`; two processes that read and then write would then fail with
"database is locked" however long they wait. The word *sqlite* in the module's name is what the migrations look for.
"""

import asyncio
import contextlib
import random
import sqlite3
import time

from tortoise import connections
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.exceptions import OperationalError

WAITS_MS = 5000
"""How long who writes waits for others who do."""


class Immediate(SqliteTransactionWrapper):
    """A transaction that is a writer from its first statement."""

    async def begin(self) -> None:
        """Wait for the write lock (at most `WAITS_MS`), then begin."""
        connection = self._connection
        try:
            await connection._execute(_begin_soon, connection._conn)  # type: ignore[no-untyped-call]
        except sqlite3.OperationalError as busy:
            raise OperationalError(busy) from busy


def _begin_soon(connection: sqlite3.Connection) -> None:
    """On the driver's thread: take the write lock soon after it is free.

    SQLite itself looks for it again after 1, 2, 5, 10, 15, 20, 25, 50 and then every 100 ms. Where others write in
    between all the time, it is mostly free while nobody looks, and whoever has waited longest looks least often.
    """
    until = time.monotonic() + WAITS_MS / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _has_begun(connection, is_last=time.monotonic() > until):
            time.sleep(random.uniform(0.0005, 0.002))  # noqa: S311 - spreads load, guards nothing
    finally:
        connection.execute(f"PRAGMA busy_timeout = {WAITS_MS}")


def _has_begun(connection: sqlite3.Connection, *, is_last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as failure:
        if is_last or failure.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


class Deferred(SqliteTransactionWrapper):
    """A transaction that only reads: one moment of the database, without a lock."""

    async def begin(self) -> None:
        """Begin without a lock; the first read fixes the moment."""
        await self._connection.execute("BEGIN")


class Unbroken(SqliteTransactionContext):
    """A transaction that may be given up at any moment, even while it waits to begin.

    A statement runs to its end on the driver's thread whatever becomes of who waits for it. A request that is cut while
    its `BEGIN` waits would leave an open transaction and a lock that nobody gives back: the whole process would stop.
    """

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self._begin()
        except BaseException:
            self._trxlock.release()
            raise
        self.token = connections.set(self.connection_name, self.connection)
        begun: TransactionalDBClient = self.connection
        return begun

    async def _begin(self) -> None:
        beginning = asyncio.ensure_future(self.connection.begin())
        try:
            await asyncio.shield(beginning)
        except asyncio.CancelledError:
            with contextlib.suppress(OperationalError):
                await beginning
                await self.connection.rollback()
            raise


class WriterClient(SqliteClient):
    """The connection that writes."""

    def _in_transaction(self) -> TransactionContext:
        return Unbroken(Immediate(self), self._lock)


class ReaderClient(SqliteClient):
    """A second connection, so that reading never waits for a writer's transaction."""

    def _in_transaction(self) -> TransactionContext:
        return Unbroken(Deferred(self), self._lock)


client_class = WriterClient
