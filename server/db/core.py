"""`transaction()` and `snapshot()`."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from uuid import UUID

import msgspec
import structlog
from tortoise import connections
from tortoise.models import Model
from tortoise.transactions import in_transaction

from server import clock, facts, models, tokens
from server.db.postgres_reader import reading

log = structlog.get_logger()

Pokes = dict[UUID, int]
after_commit: list[Callable[[Pokes], Awaitable[None]]] = []
"""What is told of new positions after a commit; `boot` puts the bus here."""

_open: ContextVar["Transaction | None"] = ContextVar("transaction", default=None)


class Transaction:
    """The one transaction of a verb: it gathers the Facts that are numbered as its last statements.

    `lasting` are rows that are kept also if everything else is undone, such as a refusal on record.
    """

    def __init__(self) -> None:
        self.facts: dict[UUID, list[facts.Fact]] = defaultdict(list)
        self.lasting: list[Model] = []

    def record(self, fact: facts.Fact, *streams: UUID) -> None:
        """Put a Fact into these Streams when the verb is done."""
        for stream in streams:
            self.facts[stream].append(fact)


@asynccontextmanager
async def transaction() -> AsyncGenerator[Transaction]:
    """Open the transaction of this verb; inside another one, join it.

    Start no task in it (the task would inherit the open transaction) and touch no network. After the commit each
    Stream's new position is told to `after_commit`, content never; a failure there is logged and healed by the hub.
    """
    if outer := _open.get():
        yield outer
        return
    tx = Transaction()
    token = _open.set(tx)
    async with _kept_if_undone(tx):
        try:
            async with in_transaction("default"):
                yield tx
                await _save(tx.lasting)
                reached = await _number(tx.facts)
        finally:
            _open.reset(token)
    await _tell(reached)


async def keep_even_if_undone(row: Model) -> None:
    """Save a new row with the open transaction or, where that is undone, right after it; at once where none is open."""
    if tx := _open.get():
        tx.lasting.append(row)
    else:
        await _save([row])


async def _save(rows: Sequence[Model]) -> None:
    for row in rows:
        await row.save(force_create=True)


@asynccontextmanager
async def _kept_if_undone(tx: Transaction) -> AsyncGenerator[None]:
    """Whoever is refused hears the refusal, even where it cannot be put on record."""
    try:
        yield
    except Exception:
        try:
            await _save(tx.lasting)
        except Exception as failure:
            log.error("record.lost", error=type(failure).__name__)
        raise


@asynccontextmanager
async def snapshot() -> AsyncGenerator[None]:
    """Read several things as of one moment: REPEATABLE READ, or a deferred read on SQLite's second connection."""
    if _open.get():
        yield
        return
    if "reader" in connections.db_config:
        async with in_transaction("reader") as reader:
            token = connections.set("default", reader)
            try:
                yield
            finally:
                connections.reset(token)
    else:
        async with reading(connections.get("default")):
            yield


async def _number(recorded: dict[UUID, list[facts.Fact]]) -> Pokes:
    """Take the next positions of each Stream from its locked row, in one order for everybody, and keep the Facts."""
    reached: Pokes = {}
    rows: list[models.FactRecord] = []
    for stream in sorted(recorded):
        new = recorded[stream]
        reached[stream] = last = await _advance(stream, len(new))
        rows += _rows(stream, last - len(new), new)
    if rows:
        await models.FactRecord.bulk_create(rows)
    return reached


def _rows(stream: UUID, after: int, new: Sequence[facts.Fact]) -> list[models.FactRecord]:
    at = clock.now()
    return [
        models.FactRecord(
            id=tokens.new_id(),
            stream_id=stream,
            position=position,
            kind=fact.kind,
            data=msgspec.json.encode(fact).decode(),
            at=at,
        )
        for position, fact in enumerate(new, after + 1)
    ]


async def _advance(stream: UUID, by: int) -> int:
    connection = connections.get("default")
    if connection.capabilities.dialect == "sqlite":
        sql, values = 'UPDATE "stream" SET "position"="position"+? WHERE "id"=? RETURNING "position"', [by, str(stream)]
    else:
        sql, values = 'UPDATE "stream" SET "position"="position"+$1 WHERE "id"=$2 RETURNING "position"', [by, stream]
    [row] = await connection.execute_query_dict(sql, values)
    return int(row["position"])


async def _tell(reached: Pokes) -> None:
    if not reached:
        return
    for tell in after_commit:
        try:
            await tell(reached)
        except Exception as failure:
            log.warning("poke.failed", error=type(failure).__name__)
