"""What a run would do, row by row, before anything is written."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from server import audit, clock, importing, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import jobs
from server.domain.imports import knowing, runs
from server.domain.imports.judging import Entry, Known, Verdict, judge
from server.domain.imports.telling import tell, tell_now_and_then
from server.domain.jobs import Job
from server.importing import Columns, Line, Person, Problem
from server.models import ImportOutcome, ImportRow, ImportState
from server.queries import imports
from server.queries.imports import BATCH


@dataclass(slots=True)
class _Dry:
    """The directory as it would be by now: earlier rows of the file, and patients as they would have become.

    It lives as long as the check. A worker that takes the check up again begins anew; nothing was written.
    """

    rows: Known = field(default_factory=Known)
    changed: dict[UUID, Person] = field(default_factory=dict)


async def check(job: Job, run: models.ImportRun) -> None:
    """Judge every row as the writing would."""
    columns, dry = imports.columns_of(run), _Dry()
    await _begin_anew(job, run.id)
    while await _check_batch(job, run.id, columns, dry):
        pass


async def _check_batch(job: Job, run_id: UUID, columns: Columns, dry: _Dry) -> bool:
    """One batch; whether there may be more."""
    run = await models.ImportRun.filter(id=run_id, state=ImportState.CHECKING).first()
    if run is None:
        return False
    batch = run.position // BATCH
    lines = await imports.batch_of(run, batch)
    read = await people_of(lines, columns)
    known = await knowing.load(
        run.organization_id, [each for each in read if isinstance(each, Person)], over=dry.changed
    )
    async with transaction() as tx:
        locked = await runs.locked_in(run_id, ImportState.CHECKING)
        if locked is None or locked.position != run.position or not await jobs.keep_hold(job):
            return False
        rows = [_weigh(locked, line, said, known, dry) for line, said in zip(lines, read, strict=True)]
        if waiting := [row for row in rows if row]:
            await ImportRow.bulk_create(waiting)
        locked.position += len(lines)
        tell_now_and_then(tx, locked)
        if locked.position == locked.rows:
            locked.state = ImportState.CHECKED
            tell(tx, locked)
            await audit.enter(
                Did.IMPORT_CHECKED, organization=run.organization_id, about=run.id, data=runs.sums(locked)
            )
        await locked.save()
        return locked.state is ImportState.CHECKING


async def _begin_anew(job: Job, run_id: UUID) -> None:
    async with transaction():
        run = await runs.locked_in(run_id, ImportState.CHECKING)
        if run and run.position and await jobs.keep_hold(job):
            await ImportRow.filter(run_id=run_id).delete()
            run.position = run.created = run.updated = run.unchanged = run.skipped = 0
            await run.save(update_fields=["position", "created", "updated", "unchanged", "skipped"])


async def people_of(lines: Sequence[Line], columns: Columns) -> list[Person | list[Problem]]:
    """Who some rows are about, beside whatever else this process does."""
    today = clock.now().date()
    return await asyncio.to_thread(lambda: [importing.read(line, columns, today=today) for line in lines])


def _weigh(
    run: models.ImportRun, line: Line, said: Person | list[Problem], known: Known, dry: _Dry
) -> ImportRow | None:
    """Count a row; what is left of it where somebody has to look at it."""
    if isinstance(said, list):
        run.skipped += 1
        return left(run, line, problem=said[0])
    verdict = judge(said, known, dry.rows)
    if verdict.kind == "needs":
        run.skipped += 1
        return left(run, line, verdict=verdict)
    if verdict.kind == "new":
        run.created += 1
        dry.rows.add(Entry(said, row=line.number))
    elif verdict.kind == "update" and verdict.entry:
        run.updated += 1
        home = known if verdict.entry.patient else dry.rows
        home.change(verdict.entry, {name: getattr(said, name) for name in verdict.fills})
        if verdict.entry.patient:
            dry.changed[verdict.entry.patient.id] = verdict.entry.person
    else:
        run.unchanged += 1
    return None


def left(
    run: models.ImportRun, line: Line, *, problem: Problem | None = None, verdict: Verdict | None = None
) -> ImportRow:
    """What is kept of a row that a person must look at."""
    row = ImportRow(
        id=tokens.new_id(), created_at=clock.now(), run_id=run.id, number=line.number, outcome=ImportOutcome.NEEDS
    )
    if problem:
        row.why, row.field, row.detail = problem.code, problem.field, problem.number
    if verdict:
        entry = verdict.entry
        row.why, row.differs = verdict.why, ",".join(verdict.differs) or None
        row.detail = entry.row if entry else 0
        row.patient_id = entry.patient.id if entry and entry.patient else None
    return row
