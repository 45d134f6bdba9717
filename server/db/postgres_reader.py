"""Reading on PostgreSQL as of one moment: the transaction says what it is as it begins, not in a second statement."""

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContext, TransactionContextPooled


class Reading(TransactionWrapper):
    """A transaction that changes nothing and sees one moment, that of its first statement."""

    async def begin(self) -> None:
        """Begin as REPEATABLE READ, READ ONLY."""
        self.transaction = self._connection.transaction(isolation="repeatable_read", readonly=True)
        await self.transaction.start()


def reading(client: AsyncpgDBClient) -> TransactionContext:
    """The same for `async with`, on a connection of the client's pool."""
    return TransactionContextPooled(Reading(client), client._pool_init_lock)
