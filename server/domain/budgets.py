"""How often something may be tried: counters in the database, so that every process counts the same.

A failed guess has to count although the verb that finds it wrong rolls back. Therefore a budget is spent *before* the
verb opens its transaction, in a statement of its own that commits at once; inside a transaction `spend` refuses.
What goes out is counted the other way round, by `count` in its transaction: nothing has gone if it is undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise import connections
from tortoise.backends.base.client import TransactionalDBClient

from server import clock, errors, keys, models, tokens, vault
from server.db import sql

_SPEND = """
INSERT INTO "budget" ("id", "created_at", "name", "spent", "resets_at") VALUES (?, ?, ?, 1, ?)
ON CONFLICT ("name") DO UPDATE SET
  "spent" = CASE WHEN "budget"."resets_at" <= ? THEN 1 ELSE "budget"."spent" + 1 END,
  "resets_at" = CASE WHEN "budget"."resets_at" <= ? THEN excluded."resets_at"
    WHEN "budget"."spent" + 1 = ? THEN ? ELSE "budget"."resets_at" END
RETURNING "spent", "resets_at"
"""

_COUNT = """
INSERT INTO "budget" ("id", "created_at", "name", "spent", "resets_at") VALUES {rows}
ON CONFLICT ("name") DO UPDATE SET
  "spent" = excluded."spent" + CASE WHEN "budget"."resets_at" <= excluded."created_at" THEN 0 ELSE "budget"."spent" END,
  "resets_at" = CASE WHEN "budget"."resets_at" <= excluded."created_at"
    THEN excluded."resets_at" ELSE "budget"."resets_at" END
RETURNING "name", "spent", "resets_at"
"""


async def spend(name: str, *, at_most: int, per: timedelta, pause: timedelta | None = None) -> int:
    """Spend one of a budget, atomically under parallel tries, and tell how many are spent now.

    The window begins with its first try and is not made longer by those that are refused. With a `pause` it ends that
    long after the last try that it has room for.

    :raises Refusal: `too_many`, with the seconds until the window ends
    """
    if isinstance(connections.get("default"), TransactionalDBClient):
        raise RuntimeError("Spend a budget before the transaction: a rollback would forget the try.")
    now = clock.now()
    stored, ends = sql.as_time(now), sql.as_time(now + per)
    last = (at_most, sql.as_time(now + pause)) if pause else (0, ends)
    [row] = await sql.fetch(_SPEND, [tokens.new_id(), stored, _kept(name), ends, stored, stored, *last])
    spent = int(str(row["spent"]))
    if spent > at_most:
        raise errors.too_many(_seconds_until(sql.from_time(row["resets_at"]), now))
    return spent


@dataclass(frozen=True, slots=True)
class Cap:
    """How much of something may be spent in a window that begins with its first."""

    name: str
    at_most: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Reached:
    """A cap that was gone over; in this many seconds there is more."""

    name: str
    seconds: int


async def count(caps: Sequence[Cap], much: int = 1) -> list[Reached]:
    """Spend of several budgets in one statement, inside the transaction of what is counted: undone, it is not counted.

    The rows stay locked until the end of the transaction, always in the same order. Gives what was gone over.
    """
    now = clock.now()
    named = sorted((_kept(cap.name), cap) for cap in caps)
    values = [
        value
        for name, cap in named
        for value in (tokens.new_id(), sql.as_time(now), name, much, sql.as_time(now + cap.per))
    ]
    rows = await sql.fetch(_COUNT.format(rows=", ".join(["(?, ?, ?, ?, ?)"] * len(named))), values)
    by_name = {str(row["name"]): row for row in rows}
    return [
        Reached(cap.name, _seconds_until(sql.from_time(by_name[name]["resets_at"]), now))
        for name, cap in named
        if int(str(by_name[name]["spent"])) > cap.at_most
    ]


async def forgive(name: str) -> None:
    """Forget what was spent: the right answer came."""
    await models.Budget.filter(name=_kept(name)).delete()


async def give_back(name: str) -> None:
    """Take one try back: it was a right one, and many people share this budget."""
    await sql.fetch(
        'UPDATE "budget" SET "spent" = "spent" - 1 WHERE "name" = ? AND "spent" > 0 RETURNING "spent"', [_kept(name)]
    )


def _kept(name: str) -> str:
    """Names may hold an address or an id, so only a keyed fingerprint of them is kept."""
    return vault.blind(keys.derived("budget"), name)


def _seconds_until(ends: datetime | None, now: datetime) -> int:
    return max(1, round((ends - now).total_seconds())) if ends else 1
