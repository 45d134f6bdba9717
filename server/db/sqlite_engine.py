"""SQLite as we need it: writers take their lock at once, readers have a connection of their own.

The ORM opens transactions with a plain `BEGIN`; two processes that read and then write would then fail with
"database is locked" however long they wait. The word *sqlite* in the module's name is what the migrations look for.
"""

import sqlite3

from tortoise.backends.base.client import TransactionContext
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


class WriterClient(SqliteClient):
    """The connection that writes."""

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(Immediate(self), self._lock)


class ReaderClient(SqliteClient):
    """A second connection, so that reading never waits for a writer's transaction."""

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(Deferred(self), self._lock)


client_class = WriterClient
