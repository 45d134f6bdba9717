"""What a run would do, row by row, before anything is written."""

from dataclasses import dataclass, field
from uuid import UUID

from server import audit, models
from server.audit import Did
from server.db import transaction
from server.domain import jobs
from server.domain.imports import knowing, runs, traces
from server.domain.imports.ahead import Ahead, people_in
from server.domain.imports.judging import Entry, Known, is_shared, judge
from server.domain.imports.telling import tell, tell_now_and_then
from server.domain.imports.traces import Trace, left
from server.domain.jobs import Job
from server.importing import Line, Person, Problem
from server.models import ImportRow, ImportState
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
    dry = _Dry()
    await _begin_anew(job, run.id)
    async with Ahead(run) as ahead:
        while await _check_batch(job, run.id, ahead, dry):
            pass


async def _check_batch(job: Job, run_id: UUID, ahead: Ahead, dry: _Dry) -> bool:
    """One batch; whether there may be more."""
    run = await models.ImportRun.filter(id=run_id, state=ImportState.CHECKING).first()
    if run is None:
        return False
    rows = await ahead.batch(run.position // BATCH)
    ahead.go_on(run.position // BATCH + 1)
    known = await knowing.load(run.organization_id, people_in(rows), over=dry.changed)
    async with transaction() as tx:
        locked = await runs.locked_in(run_id, ImportState.CHECKING)
        if locked is None or locked.position != run.position or not await jobs.keep_hold(job):
            return False
        weighed = [_weigh(locked, line, said, known, dry) for line, said in rows]
        await traces.keep([trace for trace in weighed if trace])
        locked.position += len(rows)
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
            run.shared = None
            await run.save(update_fields=["position", "created", "updated", "unchanged", "skipped", "shared"])


def _weigh(run: models.ImportRun, line: Line, said: Person | list[Problem], known: Known, dry: _Dry) -> Trace | None:
    """Count a row; what is left of it where somebody has to look at it."""
    if isinstance(said, list):
        run.skipped += 1
        return left(run, line, problem=said[0])
    verdict = judge(said, known, dry.rows)
    if is_shared(said, verdict.entry, known, dry.rows):
        run.shared = (run.shared or 0) + 1
    if verdict.kind == "needs":
        run.skipped += 1
        return left(run, line, verdict=verdict)
    if verdict.kind == "new":
        run.created += 1
        dry.rows.add(Entry(verdict.said, row=line.number))
    elif verdict.kind == "update" and verdict.entry:
        run.updated += 1
        home = known if verdict.entry.patient else dry.rows
        home.change(verdict.entry, {name: getattr(verdict.said, name) for name in verdict.fills}, verdict.adds)
        if verdict.entry.patient:
            dry.changed[verdict.entry.patient.id] = verdict.entry.person
    else:
        run.unchanged += 1
    return None
