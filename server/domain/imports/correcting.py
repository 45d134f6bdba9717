"""A row of a list is put right while it is checked: what a person types in place of its cells is what is written."""

from collections.abc import Sequence
from uuid import UUID

from server import clock, errors, importing, keys, models
from server.db import transaction
from server.domain.imports import knowing, runs, traces
from server.domain.imports.judging import judge
from server.domain.imports.runs import Importer
from server.domain.imports.telling import tell
from server.domain.imports.traces import Trace
from server.errors import Kind, Refusal
from server.importing import Line, Person, Problem
from server.importing.lines import line as line_of
from server.models import ImportOutcome, ImportRow, ImportState
from server.queries import imports

_WAITING = (ImportOutcome.NEEDS, ImportOutcome.FIXED)
_COUNTED = {"new": "created", "update": "updated", "same": "unchanged", "needs": "skipped"}


async def correct(run_id: UUID, number: int, cells: Sequence[str], *, by: Importer) -> models.ImportRun:
    """Put other cells in place of a row's that somebody has to look at; what was decided about it is forgotten.

    It is judged at once beside the directory; that it comes again in the file shows when it is written.

    :raises Refusal: `unknown` also where nothing is the matter with the row, `not_allowed`, `moved_on`, `wrong_columns`
    where there are more or fewer cells than columns
    """
    async with transaction() as tx:
        run = await runs.locked(run_id, by, ImportState.CHECKED)
        before = await ImportRow.filter(run_id=run.id, number=number, outcome__in=_WAITING).first()
        if before is None:
            raise errors.unknown()
        columns, ring = imports.columns_of(run), await keys.of(run.organization_id)
        if len(cells) != len(columns.fields):
            raise Refusal(Kind.INVALID, "wrong_columns", "Give a cell for each column. An empty one says nothing.")
        line = line_of(number, list(cells), len(cells))
        trace = await _judged(run, line, importing.read(line, columns, today=clock.now().date()))
        trace.keep_cells(ring, line.cells)
        await before.delete()
        await traces.keep([trace])
        _count(run, before.outcome, before.why, by=-1)
        _count(run, trace.outcome, trace.why, by=1)
        tell(tx, run)
        await run.save()
        return run


async def _judged(run: models.ImportRun, line: Line, said: Person | list[Problem]) -> Trace:
    if isinstance(said, list):
        return traces.left(run, line, problem=said[0])
    verdict = judge(said, await knowing.load(run.organization_id, [said]))
    if verdict.kind == "needs":
        return traces.left(run, line, verdict=verdict)
    return Trace(run.id, line.number, ImportOutcome.FIXED, why=verdict.kind)


def _count(run: models.ImportRun, outcome: ImportOutcome, why: str | None, *, by: int) -> None:
    """A row that was put right counts as what would become of it, any other one as skipped."""
    name = _COUNTED[why or ""] if outcome is ImportOutcome.FIXED else "skipped"
    setattr(run, name, getattr(run, name) + by)
