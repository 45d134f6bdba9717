"""What rows leave behind, written many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

import msgspec

from server import clock, models, tokens
from server.db import sql
from server.domain.imports.judging import Verdict
from server.importing import Kept, Line, Problem
from server.models import ImportOutcome
from server.vault import Keyring


class Before(msgspec.Struct, omit_defaults=True):
    """Of a patient whom a row has changed: the details as they were, and the names of contacts that it added.

    A release before kept the details alone.
    """

    details: dict[Kept, str]
    contacts: list[UUID] = []


def before_of(ring: Keyring, row: models.ImportRow) -> Before:
    """How a patient was before this row."""
    if row.before_sealed is None:
        return Before({})
    said = ring.open("import_row", "before", row.id, row.before_sealed)
    return msgspec.convert(kept if "details" in (kept := msgspec.json.decode(said)) else {"details": kept}, Before)


@dataclass(slots=True)
class Trace:
    """An `ImportRow` that is about to be written."""

    run_id: UUID
    number: int
    outcome: ImportOutcome = ImportOutcome.NEEDS
    patient_id: UUID | None = None
    rev: int = 0
    why: str | None = None
    field: str | None = None
    detail: int = 0
    differs: str | None = None
    decision: str | None = None
    before_sealed: bytes | None = None
    cells_sealed: bytes | None = None
    id: UUID | None = None

    def keep_cells(self, ring: Keyring, cells: Sequence[str]) -> None:
        """Remember what somebody typed in place of the row's cells."""
        self.id = self.id or tokens.new_id()
        self.cells_sealed = ring.seal("import_row", "cells", self.id, msgspec.json.encode(cells).decode())


_COLUMNS = tuple(each.name for each in fields(Trace))


def left(run: models.ImportRun, line: Line, *, problem: Problem | None = None, verdict: Verdict | None = None) -> Trace:
    """What is kept of a row that a person must look at."""
    trace = Trace(run.id, line.number)
    if problem:
        trace.why, trace.field, trace.detail = problem.code, problem.field, problem.number
    if verdict:
        entry = verdict.entry
        trace.why, trace.differs = verdict.why, ",".join(verdict.differs) or None
        trace.detail = entry.row if entry else 0
        trace.patient_id = entry.patient.id if entry and entry.patient else None
    return trace


async def keep(traces: Sequence[Trace]) -> None:
    """Write them, inside the batch's transaction."""
    now = clock.now()
    for trace, new in zip(traces, tokens.new_ids(len(traces)), strict=True):
        trace.id = trace.id or new
    lines = [(*(getattr(trace, column) for column in _COLUMNS), now) for trace in traces]
    await sql.add("import_row", (*_COLUMNS, "created_at"), lines)
