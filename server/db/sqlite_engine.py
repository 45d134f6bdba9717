"""SQLite as we need it: writers take their lock at once, readers have a connection of their own.

The ORM opens transactions with a plain `BEGIN`; two processes that read and then write would then fail with
"database is locked" however long they wait. The word *sqlite* in the module's name is what the migrations look for.
"""

import asyncio
import contextlib
import sqlite3

from tortoise import connections
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.exceptions import OperationalError


class Immediate(SqliteTransactionWrapper):
    """A transaction that is a writer from its first statement."""

    async def begin(self) -> None:
        """Wait for the write lock (at most `busy_timeout`), then begin."""
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as busy:
            raise OperationalError(busy) from busy


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
