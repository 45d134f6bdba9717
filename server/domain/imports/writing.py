"""Rows become patients: a batch in a transaction that also moves the run's position, so that a kill loses nothing."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from server import audit, clock, keys, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import jobs
from server.domain.imports import checking, entries, knowing, runs
from server.domain.imports.judging import Entry, Known, Verdict, judge
from server.domain.imports.telling import tell, tell_now_and_then
from server.domain.jobs import Job
from server.importing import Decision, Kept, Line, Person, Problem
from server.models import ImportOutcome, ImportRow, ImportState
from server.queries import imports
from server.queries.imports import BATCH
from server.vault import Keyring

NOTHING_DECIDED = Decision()


async def write(job: Job, run: models.ImportRun) -> None:
    """Write every row that is left."""
    while await _write_batch(job, run.id):
        pass


async def _write_batch(job: Job, run_id: UUID) -> bool:
    """One batch; whether there may be more. Somebody who pauses the run waits for it."""
    run = await models.ImportRun.filter(id=run_id, state=ImportState.WRITING).first()
    if run is None:
        return False
    lines = await imports.batch_of(run, run.position // BATCH)
    read = await checking.people_of(lines, imports.columns_of(run))
    async with transaction() as tx:
        locked = await runs.locked_in(run_id, ImportState.WRITING)
        if locked is None or locked.position != run.position or not await jobs.keep_hold(job):
            return locked is not None and locked.position != run.position
        known = await knowing.load(run.organization_id, [each for each in read if isinstance(each, Person)])
        batch = Batch(locked, known, await keys.of(run.organization_id), await _decided(locked, lines))
        for line, said in zip(lines, read, strict=True):
            batch.place(line, said)
        await entries.write(tx, locked, known)
        await _keep_rows(batch)
        locked.position += len(lines)
        tell_now_and_then(tx, locked)
        if locked.position == locked.rows:
            await _end(tx, locked)
        await locked.save()
        return locked.state is ImportState.WRITING


async def _end(tx: Transaction, run: models.ImportRun) -> None:
    run.state, run.ended_at = ImportState.DONE, clock.now()
    tell(tx, run)
    await audit.enter(Did.IMPORT_ENDED, organization=run.organization_id, about=run.id, data=runs.sums(run))


async def _decided(run: models.ImportRun, lines: Sequence[Line]) -> dict[int, Decision]:
    """What people decided about these rows in the check."""
    chosen = ImportRow.filter(run_id=run.id, number__in=[line.number for line in lines]).exclude(decision=None)
    pairs = await chosen.values_list("number", "decision")
    return {int(number): msgspec.json.decode(said, type=Decision) for number, said in pairs}


async def _keep_rows(batch: "Batch") -> None:
    await ImportRow.filter(run_id=batch.run.id, number__in=batch.numbers).delete()
    if batch.left:
        await ImportRow.bulk_create(batch.left)


class Batch:
    """Some rows on their way: each is counted once, as exactly one of four things."""

    def __init__(self, run: models.ImportRun, known: Known, ring: Keyring, decided: dict[int, Decision]) -> None:
        self.run = run
        self.numbers: list[int] = []
        self.left: list[ImportRow] = []
        self._known = known
        self._ring = ring
        self._decided = decided

    def place(self, line: Line, said: Person | list[Problem]) -> None:
        """One row."""
        self.numbers.append(line.number)
        if isinstance(said, list):
            self._skip(checking.left(self.run, line, problem=said[0]))
            return
        verdict = judge(said, self._known)
        decision = self._decided.get(line.number, NOTHING_DECIDED)
        if verdict.kind == "new" or (decision.add and verdict.why in ("several_match", "other_mrn")):
            self._create(line, said)
        elif verdict.kind == "needs" and (line.number not in self._decided or decision.skip or not _is_ours(verdict)):
            self._skip(checking.left(self.run, line, verdict=verdict))
        elif verdict.entry:
            self._update(line, said, verdict.entry, _to_write(verdict, decision))
        else:
            self.run.unchanged += 1

    def _skip(self, row: ImportRow) -> None:
        self.run.skipped += 1
        row.outcome = ImportOutcome.SKIPPED
        self.left.append(row)

    def _create(self, line: Line, said: Person) -> None:
        patient = models.Patient(id=tokens.new_id(), organization_id=self.run.organization_id, created_at=clock.now())
        self._known.add(Entry(said, patient, is_new=True))
        self.run.created += 1
        self._keep(line, ImportOutcome.CREATED, patient, 1)

    def _update(self, line: Line, said: Person, entry: Entry, names: Sequence[Kept]) -> None:
        patient = entry.patient
        if not names or patient is None:
            self.run.unchanged += 1
            return
        rev = patient.rev if entry.is_new else patient.rev + 1
        row = self._keep(line, ImportOutcome.UPDATED, patient, rev)
        before = {name: getattr(entry.person, name) for name in names}
        row.before_sealed = self._ring.seal("import_row", "before", row.id, msgspec.json.encode(before).decode())
        self._known.change(entry, {name: getattr(said, name) for name in names})
        self.run.updated += 1

    def _keep(self, line: Line, outcome: ImportOutcome, patient: models.Patient, rev: int) -> ImportRow:
        row = ImportRow(id=tokens.new_id(), created_at=clock.now(), run_id=self.run.id, number=line.number)
        row.outcome, row.patient_id, row.rev = outcome, patient.id, rev
        self.left.append(row)
        return row


def _is_ours(verdict: Verdict) -> bool:
    """Whether a decision can be carried out: the row is about one patient on file."""
    return verdict.why in ("differs", "twice_in_file")


def _to_write(verdict: Verdict, decision: Decision) -> list[Kept]:
    return [*verdict.fills, *(name for name in verdict.differs if name in decision.take)]
