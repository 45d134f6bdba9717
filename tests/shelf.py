"""PostgreSQL databases that go from test to test, emptied in between.

To make and to drop one costs 60 ms of a processor for each test, to empty one 5. What a test changed beside rows (a
table, a trigger, a right) is not taken back: such a database is dropped, as is one that was used often, whose tables
are full of rows that were.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field

import asyncpg

USES = 40
"""How often one is used; by then the rows that were make a difference to those that read past them."""
CATALOGS = (
    "class",
    "attribute",
    "attrdef",
    "index",
    "constraint",
    "trigger",
    "proc",
    "type",
    "namespace",
    "default_acl",
)
# Each change writes a row of its transaction, whose number is higher than all before.
CHANGED = "SELECT ARRAY[{}]".format(
    ", ".join(
        [f"(SELECT coalesce(max(xmin::text::bigint), 0) + count(*) FROM pg_{catalog})" for catalog in CATALOGS]
        + ["(SELECT xmin::text::bigint FROM pg_database WHERE datname = current_database())"]
        + ["(SELECT count(*) FROM pg_db_role_setting)"]
    )
)
# A process that was killed, or a test that failed, may still be in the middle of something.
ALONE = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
# What has no page never had a row.
FILLED = """SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> 'tortoise_migrations' AND pg_relation_size(oid) > 0"""
# Without the triggers: what may only be added to is emptied too, and in any order.
EMPTY = f"""SET session_replication_role = replica;
    DO $$ DECLARE filled regclass; BEGIN
        FOR filled IN {FILLED} LOOP EXECUTE format('DELETE FROM %s', filled); END LOOP;
        PERFORM setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
            WHERE seqrelid::regclass::text <> 'tortoise_migrations_id_seq';
    END $$"""


@dataclass
class _Held:
    """One of them."""

    url: str
    ending: ExitStack
    looks: list[int] = field(default_factory=list)
    uses: int = 0


class Shelf:
    """Where they lie meanwhile. `make` is one like the template, which holds no row but of its migrations."""

    def __init__(self, make: Callable[[], AbstractContextManager[str]]) -> None:
        self._make = make
        self._free: list[_Held] = []
        self._taken: dict[str, _Held] = {}

    async def take(self) -> str:
        """The address of an empty one."""
        held = self._free.pop() if self._free else await self._made()
        held.uses += 1
        self._taken[held.url] = held
        return held.url

    async def give_back(self, url: str) -> None:
        """Empty it for the next, or drop it."""
        held = self._taken.pop(url)
        with ExitStack() as stack:
            stack.push(held.ending)
            if held.uses < USES and await self._emptied(held):
                self._free.append(held)
                stack.pop_all()

    def close(self) -> None:
        """Drop them all."""
        for held in (*self._free, *self._taken.values()):
            held.ending.close()

    async def _made(self) -> _Held:
        with ExitStack() as stack:
            url = stack.enter_context(self._make())
            connection = await asyncpg.connect(url)
            try:
                if await connection.fetch(FILLED):
                    raise AssertionError("A migration leaves rows, which must be there for each test.")
                return _Held(url, stack.pop_all(), await connection.fetchval(CHANGED))
            finally:
                await connection.close()

    async def _emptied(self, held: _Held) -> bool:
        connection = await asyncpg.connect(held.url)
        try:
            await connection.execute(ALONE)
            if await connection.fetchval(CHANGED) != held.looks:
                return False
            await connection.execute(EMPTY)
            return True
        finally:
            await connection.close()
