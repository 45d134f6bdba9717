"""`python -m bench.run reports`: how long each report of a large clinic takes, over 7, 90 and 400 days."""

import asyncio
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench import parts
from bench.inbox import crowd
from server import access, clock, keys
from server.db import connect, snapshot
from server.migrate import run as migrations
from server.models import Role, User
from server.queries import reports
from server.queries.report_views import ReportName

SIZE, ROUNDS, BUDGET = 10_000, 10, 0.5
"""Conversations, questions of each kind, and seconds that 95 of 100 may take."""
SPANS = (7, 90, 400)


def main(kind: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="bench") as name, parts.database(kind, Path(name)) as database:
        asyncio.run(_measured(database.url, kind))


async def _measured(url: str, kind: str) -> None:
    await migrations.migrate(url)
    await connect.connect(url)
    try:
        keys.use_master(bytes(32))
        clinic = await crowd.fill(SIZE)
        await crowd.settle(url)
        await User.all().update(role=Role.ADMIN)
        admin = await access.staff(clinic.sessions[0])
        if admin is None:
            raise AssertionError("the first one is signed in")
        print(f"p95 of {ROUNDS} (and the quickest), {SIZE:,} conversations of 4 messages, {kind}")
        for name in reports.REPORTS:
            await _measure(name, admin)
    finally:
        await connect.disconnect()


async def _measure(name: ReportName, by: access.Staff) -> None:
    """Beside the p95 the quickest: what else runs on the machine is in the first, and hardly in the second."""
    last, line, slowest = clock.now().date(), "", 0.0
    for days in SPANS:
        took = sorted(await _times(name, last - timedelta(days=days - 1), last, by))
        p95 = took[int(len(took) * 0.95)]
        line += f"{days:>6} days {p95 * 1000:5.0f} ({took[0] * 1000:.0f}) ms"
        slowest = max(slowest, p95)
    print(f"{name:26}{line}{'' if slowest <= BUDGET else '  OVER'}", flush=True)


async def _times(name: ReportName, first: date, last: date, by: access.Staff) -> list[float]:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        async with snapshot():
            await reports.of(name, first, last, None, by)
        took.append(time.perf_counter() - began)
    return took
