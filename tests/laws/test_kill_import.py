"""A worker dies at any moment while a list comes in: another goes on, and the rows of the file add up exactly.

For the record: `KILL_ROWS=100000 python -m pytest -s tests/laws/test_kill_import.py -k postgres` says what it saw.
"""

import asyncio
import os
import time
from pathlib import Path

import pytest

from server import clock, files, keys, models
from server.domain import imports
from server.domain.imports import Announced, runs
from server.models import ImportRun, ImportState
from server.queries import imports as queries
from tests import databases, running
from tests.running import House
from tests.server.domain.lists import HEADER, sums

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ROWS = int(os.environ.get("KILL_ROWS", "3000"))
WRONG = range(7, ROWS, 101)
"""Rows whose phone is none."""
PATIENCE = 60.0 + ROWS / 50


def _row(number: int) -> str:
    """Nobody else in the file is called so and born on that day."""
    phone = "12" if number in WRONG else f"(312) 555-{number % 10_000:04}"
    return f"{phone},K-{number},Kim{number // 700},Row{number % 700},19{number % 90 + 10}-02-03,\n"


async def _began(house: House) -> ImportRun:
    content = (HEADER + "".join(_row(number) for number in range(ROWS))).encode()
    val = house.world.val
    run, _ = await imports.begin(Announced("killed", "Patients.csv", len(content)), by=val)
    for at in range(0, len(content), runs.PIECE):
        await imports.take(run.id, at, content[at : at + runs.PIECE], by=val)
    run = await _until(run, ImportState.READ)
    columns = (await queries.detail(run)).columns
    assert columns
    await imports.set_columns(run.id, columns, by=val)
    checked = await _until(run, ImportState.CHECKED)
    await imports.start(run.id, by=val)
    return checked


async def _until(run: ImportRun, state: ImportState, *, position: int = 0) -> ImportRun:
    """Another process commits, so there is nothing to wait on but time."""
    async with asyncio.timeout(PATIENCE):
        while not _is_at(now := await ImportRun.get(id=run.id), state, position):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return now


def _is_at(run: ImportRun, state: ImportState, position: int) -> bool:
    return run.state is state and run.position >= position


async def _gone(run: ImportRun, patients: int) -> None:
    """As many patients of the run are left, or fewer."""
    async with asyncio.timeout(PATIENCE):
        while await models.ImportRow.filter(run_id=run.id, outcome="created").count() > patients:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _die(house: House) -> None:
    """Kill the worker, and let its lease be over for the next one."""
    assert house.worker
    await house.worker.kill()
    await models.Work.filter(kind=imports.KIND, done_at=None).update(lease_until=clock.now())
    house.worker.start()


async def test_every_row_counts_once_and_all_of_it_can_be_taken_back(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    async with running.house(database_url, redis_url, tmp_path) as house, databases.opened(database_url):
        files.use_folder(tmp_path / "files")
        before = await models.Patient.all().count()
        checked, began = await _began(house), time.monotonic()

        for part in (1, 2):
            await _until(checked, ImportState.WRITING, position=ROWS * part // 4)
            await _die(house)
            half = await ImportRun.get(id=checked.id)
            assert ROWS * part // 4 <= half.position < ROWS, "it died in the middle"
            assert await models.Patient.all().count() == before + half.created
        done, took = await _until(checked, ImportState.DONE), time.monotonic() - began

        assert sums(done) == sums(checked) == (ROWS - len(WRONG), 0, 0, len(WRONG))
        await _must_be_whole(done)

        await imports.undo(done.id, by=house.world.val)
        await _gone(done, done.created // 2)
        await _die(house)
        undone = await _until(done, ImportState.UNDONE)

        assert (undone.taken_back, undone.kept) == (done.created, 0)
        assert await models.Patient.all().count() == before
        assert await models.Stream.filter(of=models.StreamOf.PATIENT).count() == before
        assert len(await models.NameToken.all().distinct().values_list("patient_id")) <= before
    print(f"{database_url.partition(':')[0]}: {ROWS} rows = {sums(done)}, killed twice, written in {took:.0f} s")


async def _must_be_whole(run: ImportRun) -> None:
    """Nobody is there twice or missing, and each has all that a patient has."""
    ring = await keys.of(run.organization_id)
    brought = [ring.blind("mrn", f"K-{number}") for number in range(ROWS) if number not in WRONG]
    theirs = models.Patient.filter(mrn_index__not_isnull=True)
    found = dict(await theirs.values_list("mrn_index", "id"))
    assert sorted(found[index] for index in brought) == sorted({found[index] for index in brought})
    ids = {found[index] for index in brought}
    assert await models.ImportRow.filter(run_id=run.id, outcome="created").count() == len(brought)
    for model, field in ((models.Stream, "id"), (models.NameToken, "patient_id")):
        assert ids <= set(await model.all().distinct().values_list(field, flat=True))
    entered = await models.AuditEntry.filter(did="patient:created", organization_id=run.organization_id).values_list(
        "patient_id", flat=True
    )
    assert sorted(each for each in entered if each in ids) == sorted(ids)
