"""Rows become patients: a batch in a transaction that also moves the run's position, so that a kill loses nothing."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from server import audit, clock, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import jobs
from server.domain.imports import entries, knowing, runs, traces
from server.domain.imports.ahead import Ahead, Read, people_in, read
from server.domain.imports.judging import Entry, Known, Verdict, judge, settled
from server.domain.imports.making import Made
from server.domain.imports.telling import tell, tell_now_and_then
from server.domain.imports.traces import Before, Trace, left
from server.domain.jobs import Job
from server.importing import Columns, Decision, Further, Kept, Line, Person, Problem
from server.importing.lines import line as line_of
from server.models import ImportOutcome, ImportRow, ImportState
from server.queries import import_rows, imports
from server.queries.imports import BATCH
from server.vault import Keyring

NOTHING_DECIDED = Decision()


async def write(job: Job, run: models.ImportRun) -> None:
    """Write every row that is left."""
    async with Ahead(run, await keys.of(run.organization_id)) as ahead:
        while await _write_batch(job, run.id, ahead):
            pass


async def _write_batch(job: Job, run_id: UUID, ahead: Ahead) -> bool:
    """One batch; whether there may be more. Somebody who pauses the run waits for it."""
    run = await models.ImportRun.filter(id=run_id, state=ImportState.WRITING).first()
    if run is None:
        return False
    rows = await ahead.batch(run.position // BATCH)
    async with transaction() as tx:
        locked = await runs.locked_in(run_id, ImportState.WRITING)
        if locked is None or locked.position != run.position or not await jobs.keep_hold(job):
            return locked is not None and locked.position != run.position
        ring = await keys.of(run.organization_id)
        said_of = await _said_of(ring, locked, rows)
        rows = _put_right(rows, said_of, imports.columns_of(locked))
        known = await knowing.load(run.organization_id, people_in(rows))
        batch = Batch(locked, known, ring, said_of, ahead.likely.made)
        for line, said in rows:
            batch.place(line, said)
        new = await entries.write(tx, locked, known, batch.ready)
        await traces.keep(batch.left)
        prints = ahead.likely.prints_of(ring, new)
        ahead.go_on(run.position // BATCH + 1)
        await entries.let_be_found(prints)
        locked.position += len(rows)
        tell_now_and_then(tx, locked)
        if locked.position == locked.rows:
            await _end(tx, locked)
        await locked.save()
        return locked.state is ImportState.WRITING


async def _end(tx: Transaction, run: models.ImportRun) -> None:
    run.state, run.ended_at = ImportState.DONE, clock.now()
    tell(tx, run)
    await audit.enter(Did.IMPORT_ENDED, organization=run.organization_id, about=run.id, data=runs.sums(run))


class SaidOf(msgspec.Struct, frozen=True):
    """What a person said of a row in the check: what is to become of it, and other cells in place of its own."""

    decision: Decision | None = None
    cells: tuple[str, ...] | None = None


NOTHING = SaidOf()


async def _said_of(ring: Keyring, run: models.ImportRun, rows: Sequence[Read]) -> dict[int, SaidOf]:
    """What was said of these rows, whose traces go: what becomes of a row takes their place."""
    first, last = rows[0][0].number, rows[-1][0].number
    of_the_check = ImportRow.filter(run_id=run.id, number__gte=first, number__lte=last)
    found = await of_the_check
    if found:
        await of_the_check.delete()
    return {row.number: SaidOf(_decision(row), import_rows.said_instead(ring, row)) for row in found}


def _decision(row: ImportRow) -> Decision | None:
    return msgspec.json.decode(row.decision, type=Decision) if row.decision else None


def _put_right(rows: Sequence[Read], said_of: Mapping[int, SaidOf], columns: Columns) -> list[Read]:
    """The rows with what somebody typed in place of their cells."""
    typed = [(number, said.cells) for number, said in said_of.items() if said.cells is not None]
    again = read([line_of(number, list(cells), len(columns.fields)) for number, cells in typed], columns)
    instead = {line.number: (line, said) for line, said in again}
    return [instead.get(line.number, (line, said)) for line, said in rows]


class Batch:
    """Some rows on their way: each is counted once, as exactly one of four things."""

    def __init__(
        self,
        run: models.ImportRun,
        known: Known,
        ring: Keyring,
        said_of: Mapping[int, SaidOf],
        made: Mapping[Person, Made],
    ) -> None:
        self.run = run
        self.left: list[Trace] = []
        self.ready: dict[UUID, Made] = {}
        self._made = dict(made)
        self._known = known
        self._ring = ring
        self._said_of = said_of

    def place(self, line: Line, said: Person | list[Problem]) -> None:
        """One row."""
        if isinstance(said, list):
            self._skip(line, left(self.run, line, problem=said[0]))
            return
        verdict = judge(said, self._known)
        decided = self._said_of.get(line.number, NOTHING).decision
        decision = decided or NOTHING_DECIDED
        if verdict.kind == "new" or (decision.add and verdict.why in ("several_match", "other_mrn")):
            self._create(line, said)
        elif verdict.kind == "needs" and (decided is None or decision.skip or not _is_ours(verdict)):
            self._skip(line, left(self.run, line, verdict=verdict))
        elif verdict.entry:
            self._update(line, verdict, verdict.entry, _to_write(verdict, decision))
        else:
            self.run.unchanged += 1

    def _skip(self, line: Line, trace: Trace) -> None:
        self.run.skipped += 1
        if self._said_of.get(line.number, NOTHING).cells is not None:
            trace.keep_cells(self._ring, line.cells)
        trace.outcome = ImportOutcome.SKIPPED
        self.left.append(trace)

    def _create(self, line: Line, said: Person) -> None:
        # Two rows may say the same of two people whom nothing tells apart.
        made = self._made.pop(said, None)
        entry = Entry(settled(said), new_id=made.id if made else tokens.new_id())
        if made:
            self.ready[made.id] = made
        self._known.add(entry)
        self.run.created += 1
        self.left.append(Trace(self.run.id, line.number, ImportOutcome.CREATED, entry.id, entry.rev))

    def _update(self, line: Line, verdict: Verdict, entry: Entry, names: Sequence[Kept]) -> None:
        added = [(tokens.new_id(), each) for each in _to_add(verdict, names)]
        if not (names or added):
            self.run.unchanged += 1
            return
        row, before = tokens.new_id(), Before({name: getattr(entry.person, name) for name in names})
        before.contacts = [name for name, _ in added]
        sealed = self._ring.seal("import_row", "before", row, msgspec.json.encode(before).decode())
        trace = Trace(
            self.run.id, line.number, ImportOutcome.UPDATED, entry.id, entry.rev, before_sealed=sealed, id=row
        )
        self.left.append(trace)
        further = [each for _, each in added]
        self._known.change(entry, {name: getattr(verdict.said, name) for name in names}, further)
        entry.added += added
        self.run.updated += 1


def _is_ours(verdict: Verdict) -> bool:
    """Whether a decision can be carried out: the row is about one patient on file."""
    return verdict.why in ("differs", "twice_in_file")


def _to_write(verdict: Verdict, decision: Decision) -> list[Kept]:
    return [*verdict.fills, *(name for name in verdict.differs if name in decision.take)]


def _to_add(verdict: Verdict, names: Sequence[Kept]) -> list[Further]:
    """Without what is said of a preferred phone that the list has and that is not taken."""
    ours = {getattr(verdict.said, name) for name in verdict.differs if name not in names}
    return [each for each in verdict.adds if each.value not in ours]
