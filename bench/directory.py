"""`python -m bench.run directory`: how long the directory of a large clinic takes, page by page and search by search.

Beside it the bare floor: a page of rows by their key from the same table, with nothing opened. The clinic's patients
are written straight into the tables, each with a conversation.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from uuid import UUID

from bench import parts
from bench.inbox import crowd
from server import access, keys
from server.db import connect, sql
from server.migrate import run as migrations
from server.queries import directory, directory_views, listing

BUDGET = 300
"""Milliseconds, for 95 of 100."""


def main(kind: str, *, size: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="bench") as name, parts.database(kind, Path(name)) as database:
        asyncio.run(_measured(database.url, kind, size, rounds))


async def _measured(url: str, kind: str, size: int, rounds: int) -> None:
    await migrations.migrate(url)
    await connect.connect(url)
    try:
        keys.use_master(bytes(32))
        clinic = await crowd.fill(size)
        await crowd.settle(url)
        staff = await access.staff(clinic.sessions[0])
        if staff is None:
            raise AssertionError("the first one is signed in")
        began = time.monotonic()
        await listing.page(staff, "name", None)
        print(f"{size:,} patients, {kind}; all names opened once in {time.monotonic() - began:.1f} s")
        floor = await _times(lambda: _bare(staff.organization), rounds)
        print(f"bare floor, a page by its key: p50 {statistics.median(floor):.1f} ms")
        for what, ask in _asks(staff, clinic.name):
            _tell(what, await _times(ask, rounds), statistics.median(floor))
    finally:
        await connect.disconnect()


Ask = Callable[[], Awaitable[object]]


def _asks(staff: access.Staff, name: str) -> Sequence[tuple[str, Ask]]:
    return (
        ("recent, first page", lambda: listing.page(staff, "recent", None)),
        ("recent, page after page", _Pages(staff, "recent").turn),
        ("by name, first page", lambda: listing.page(staff, "name", None)),
        ("by name, page after page", _Pages(staff, "name").turn),
        ("found by name", lambda: directory.find(staff, name)),
        ("found by the end of a phone", lambda: directory.find(staff, "0142")),
        ("nobody found", lambda: directory.find(staff, "zzz@example.com")),
    )


class _Pages:
    """One page after the other, without end."""

    def __init__(self, staff: access.Staff, sort: directory_views.SortName) -> None:
        self.staff, self.sort = staff, sort
        self.after: str | None = None

    async def turn(self) -> None:
        """The next one."""
        self.after = (await listing.page(self.staff, self.sort, self.after)).next


async def _bare(organization: UUID) -> None:
    where = "organization_id = ? ORDER BY created_at DESC, id DESC LIMIT 51"
    await sql.fetch(f'SELECT * FROM "patient" WHERE {where}', [organization])


async def _times(ask: Ask, rounds: int) -> list[float]:
    """Milliseconds of each, after one to warm up."""
    await ask()
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        await ask()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _tell(what: str, times: Sequence[float], floor: float) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    verdict = "ok" if p95 <= BUDGET else "OVER"
    middle = statistics.median(times)
    print(
        f"{what}: p50 {middle:.1f} ms, p95 {p95:.1f} of {BUDGET}, {verdict}, {middle / floor:.1f} times the bare floor"
    )
