"""A worker takes a run to the end of its state."""

from collections.abc import Awaitable, Callable

import structlog

from server import audit, clock, models
from server.domain import jobs
from server.domain.imports import checking, entries, reading, runs, shelf, undoing, writing
from server.domain.jobs import Job
from server.models import ImportRun, ImportState
from server.queries.imports import ROWS_FOR

log = structlog.get_logger()

KIND = runs.KIND
AT_ONCE = 20
TRIES = 5
_OPEN = (ImportState.READING, ImportState.CHECKING, ImportState.WRITING, ImportState.PAUSED, ImportState.UNDOING)
_STEPS: dict[ImportState, Callable[[Job, ImportRun], Awaitable[None]]] = {
    ImportState.READING: reading.read,
    ImportState.CHECKING: checking.check,
    ImportState.WRITING: writing.write,
    ImportState.UNDOING: undoing.undo,
}


async def carry(job: Job) -> None:
    """Do what the run's state asks for, in the name of who brought the file; then the job is done."""
    run = await ImportRun.filter(id=job.subject).first()
    step = _STEPS.get(run.state) if run else None
    if run and step:
        actor = audit.acting.set(audit.Actor("staff", run.by_id) if run.by_id else audit.SYSTEM)
        try:
            await _try(step, job, run)
        finally:
            audit.acting.reset(actor)
    await jobs.finish(job)


async def _try(step: Callable[[Job, ImportRun], Awaitable[None]], job: Job, run: ImportRun) -> None:
    """Somebody may change a patient while a batch is being written; then it is written once more."""
    for _ in range(TRIES):
        try:
            return await step(job, run)
        except entries.Moved:
            log.info("import.again", run=str(run.id))
    await step(job, run)
    return None


async def sweep() -> int:
    """Take away what lies of runs that began a week ago and are not under way; how many that were."""
    old = models.ImportRun.filter(created_at__lt=clock.now() - ROWS_FOR, forgotten_at=None)
    rows = await old.exclude(state__in=_OPEN).order_by("created_at").limit(AT_ONCE)
    for run in rows:
        await shelf.forget(run)
        # Names and samples go with the rows; the counts stay.
        run.forgotten_at, run.look_sealed = clock.now(), None
        await models.ImportRow.filter(run_id=run.id).update(cells_sealed=None)
        await run.save(update_fields=["forgotten_at", "look_sealed"])
    return len(rows)
