"""`python -m bench.run import`: a list of patients through all its steps, with a worker that is this process.

Beside it the bare floor: the same rows through Python's `csv` and into one plain table by the driver, in batches as
large. Ours pays for reading what people write, sealing, everything that finds a patient, streams and the audit.

Meanwhile a web process of the same clinic is asked for its inbox, which must not take longer than half a second.
"""

import asyncio
import csv
import io
import resource
import time
from collections.abc import Awaitable
from datetime import date, timedelta

from tortoise import connections

from bench import beside, ground
from bench.ground import Ground
from bench.inbox import crowd
from bench.staff import signed_in
from server import boot, clock, importing, models
from server.db import sql, transaction
from server.domain import imports, jobs
from server.domain.imports import Announced, Operator, runs
from server.migrate import run as migrations
from server.queries import imports as queries
from server.settings import Settings

DESK = 1_000
"""Conversations of the clinic."""
BUDGET = {"parsed and judged": 5_000, "written": 1_000}
"""Rows a second at least."""
BORN, CONSONANTS, VOWELS = date(1935, 1, 1), "BCDFGHKLMNPRSTVZ", "AEIOU"
HEADER = "PatientID,Pt Name,Cell,Birth Dt,E-mail,PCP\n"
_ADD = 'INSERT INTO "bare" VALUES ({0}, {1}, {2}, {3}, {4}, {5})'


def main(kind: str, *, rows: int) -> None:
    """Measure and print."""
    with ground.laid(kind) as here:
        asyncio.run(_ready(here.quiet))
        asyncio.run(_measured(here, kind, rows))


def made(rows: int) -> str:
    """A list as a practice system writes it, of people who do not exist: many are called alike, few born on one day."""
    lines = (
        f'{10_000_000 + n},"{_name(n, 2000)}, {_name(n * 7, 300)}",(312) 555-{n % 10_000:04},'
        f"{BORN + timedelta(days=n * 7919 % 31_991):%m/%d/%Y},m{n}@example.com,DR PATEL\n"
        for n in range(rows)
    )
    return HEADER + "".join(lines)


def _name(n: int, many: int) -> str:
    """One of so many names in capitals."""
    picked = n % many
    return "".join(f"{CONSONANTS[picked // 5**k % 16]}{VOWELS[(picked + k) % 5]}" for k in range(4))


async def _measured(here: Ground, kind: str, rows: int) -> None:
    floor = boot.Floor(here.quiet)
    await floor.start()
    try:
        text = made(rows)
        bare = await _timed(_bare(text))
        took = {"parsed and judged": _parsed(text.encode())}
        desk = await models.Organization.get(name=f"Clinic of {DESK}")
        [writer, *_] = await models.User.filter(organization_id=desk.id)
        session = await signed_in(writer.id)
        with ground.serving(here), beside.asking(here, session) as asked:
            took |= await _ours(text.encode(), Operator(desk.id), asked)
    finally:
        await floor.stop()
    print(f"bare floor: {rows / bare:,.0f} rows/s, {kind}")
    for step, seconds in took.items():
        wanted = BUDGET.get(step)
        verdict = "" if wanted is None else f" of {wanted:,}, {'ok' if rows / seconds >= wanted else 'UNDER'}"
        print(f"{step}: {rows / seconds:,.0f} rows/s{verdict}, {seconds / bare:.1f} times the bare floor's time")
    print(f"at most {_most_memory()} MB of memory")


async def _ready(settings: Settings) -> None:
    await migrations.migrate(settings.database_url)
    floor = boot.Floor(settings)
    await floor.start()
    try:
        await crowd.fill(DESK)
    finally:
        await floor.stop()


async def _ours(content: bytes, by: Operator, asked: beside.Asked) -> dict[str, float]:
    before = await models.Patient.all().count()
    run, _ = await imports.begin(Announced("bench", "Patients.csv", len(content)), by=by)
    for at in range(0, len(content), runs.PIECE):
        await imports.take(run.id, at, content[at : at + runs.PIECE], by=by)
    took = {"read": await _step("read", asked)}
    found = await queries.detail(await imports.own(run.id, by=by))
    if found.columns is None:
        raise AssertionError("the file was not read")
    await imports.set_columns(run.id, found.columns, by=by)
    took["checked"] = await _step("checked", asked)
    await imports.start(run.id, by=by)
    took["written"] = await _step("written", asked)
    done = await imports.own(run.id, by=by)
    if done.created != done.rows or await models.Patient.all().count() != before + done.rows:
        raise AssertionError("not every row became a patient")
    await imports.undo(run.id, by=by)
    took["taken back"] = await _step("taken back", asked)
    if await models.Patient.all().count() != before:
        raise AssertionError("not every patient is gone")
    return took


async def _step(name: str, asked: beside.Asked) -> float:
    """Seconds for a step, and what somebody at the desk waited for meanwhile."""
    begin = time.time()
    seconds = await _timed(_work())
    print(
        f"while it is {name}: the inbox opens in {asked.between(begin, time.time())}; {_most_memory()} MB", flush=True
    )
    return seconds


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _parsed(content: bytes) -> float:
    """Seconds for what no database has to do with: every row is read, looked at, and a person."""
    began = time.monotonic()
    opened = importing.opened(io.BytesIO(content))
    looking, lines = importing.Looking(opened), list(opened.lines)
    for line in lines:
        looking.see(line)
    columns, today = looking.found().suggested, clock.now().date()
    if any(isinstance(importing.read(line, columns, today=today), list) for line in lines):
        raise AssertionError("a row is no person")
    return time.monotonic() - began


async def _work() -> None:
    while claimed := await jobs.claim(1, kinds=[imports.KIND]):
        await imports.carry(claimed[0])


async def _bare(text: str) -> None:
    await sql.execute('CREATE TABLE "bare" (a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT)')
    rows = list(csv.reader(io.StringIO(text)))
    is_sqlite = connections.get("default").capabilities.dialect == "sqlite"
    statement = _ADD.format(*(["?"] * 6 if is_sqlite else [f"${n}" for n in range(1, 7)]))
    for at in range(0, len(rows), queries.BATCH):
        async with transaction():
            await connections.get("default").execute_many(statement, rows[at : at + queries.BATCH])


async def _timed(work: Awaitable[None]) -> float:
    began = time.monotonic()
    await work
    return time.monotonic() - began
