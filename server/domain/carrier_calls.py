"""The carrier's calls that have taken effect, so that a repeat does nothing."""

from server import clock, tokens
from server.db import sql

LONGEST = 100


async def hear(name: str) -> bool:
    """Keep the name of a call, inside the transaction of its effect; False where it was heard before.

    Two that come at the same moment wait for each other here: the second sees the first, or its rollback.
    """
    kept = name if len(name) <= LONGEST else tokens.hash_of(name)
    rows = await sql.fetch(
        'INSERT INTO "carrier_call" ("id", "at") VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING "id"',
        [kept, sql.as_time(clock.now())],
    )
    return bool(rows)
