"""Rows of a list that somebody has to look at, or that did not come in."""

from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from server import clock, importing, keys, models, people
from server.importing import Decision, Kept, Line, Person, Problem
from server.models import ImportOutcome, ImportRow, ImportRun
from server.queries import people as who
from server.queries.import_views import Left, Rows, Side
from server.queries.imports import columns_of, look_of, rows_of
from server.queries.sheets import Sheet
from server.vault import Keyring

PAGE = 50
FIXED = {
    "new": "Put right: it will be added.",
    "update": "Put right: what is missing on file will be filled in.",
    "same": "Put right: all of it is on file already.",
}
_LEFT = (ImportOutcome.NEEDS, ImportOutcome.FIXED, ImportOutcome.SKIPPED)
_FIELDS: tuple[Kept, ...] = get_args(Kept)


async def left(run: ImportRun, *, after: int = 0) -> Rows:
    """The rows after this one that somebody has to look at, or has put right: a page of them."""
    chosen = ImportRow.filter(run_id=run.id, outcome__in=_LEFT, number__gt=after).order_by("number")
    found = await chosen.limit(PAGE + 1)
    page = {row.number: row for row in found[:PAGE]}
    ring = await keys.of(run.organization_id)
    cells = {} if run.forgotten_at else await _cells(run, ring, page)
    beside = await _beside(run, ring, page, cells)
    rows = [_left(row, cells.get(number, ()), beside.get(number, [])) for number, row in page.items()]
    return Rows(rows, max(page) if len(found) > PAGE else None)


def _left(row: ImportRow, cells: Sequence[str], beside: list[Side]) -> Left:
    return Left(
        row=row.number,
        cells=list(cells),
        why="" if row.outcome is ImportOutcome.FIXED else row.why or "",
        words=words(row),
        field=row.field,
        beside=beside,
        fixed=row.outcome is ImportOutcome.FIXED,
        patient=row.patient_id,
        decision=msgspec.json.decode(row.decision, type=Decision) if row.decision else None,
    )


def words(row: ImportRow) -> str:
    """What is the matter with a row, in a sentence."""
    if row.outcome is ImportOutcome.FIXED:
        return FIXED[row.why or ""]
    return Problem(row.why or "not_decided", row.field, row.detail).sentence  # type: ignore[arg-type]  # as it was kept


async def _beside(
    run: ImportRun, ring: Keyring, page: Mapping[int, ImportRow], cells: Mapping[int, Sequence[str]]
) -> dict[int, list[Side]]:
    """What is on file and what the list says, where both are known and differ."""
    asked = {number: row for number, row in page.items() if row.patient_id and _differing(row) and number in cells}
    ids = [row.patient_id for row in asked.values()]
    patients = {each.id: each for each in await models.Patient.filter(id__in=ids)} if ids else {}
    found = {}
    for number, row in asked.items():
        line, patient = Line(number, tuple(cells[number])), patients.get(row.patient_id) if row.patient_id else None
        said = importing.read(line, columns_of(run), today=clock.now().date())
        if patient and isinstance(said, Person):
            found[number] = [_side(ring, patient, said, field) for field in _differing(row)]
    return found


def _differing(row: ImportRow) -> list[Kept]:
    given = "mrn" if row.why == "other_mrn" else row.differs or ""
    return [field for field in _FIELDS if field in given.split(",")]


def _side(ring: Keyring, patient: models.Patient, said: Person, field: Kept) -> Side:
    on_file = who.opened(ring, patient, "birth_date" if field == "date_of_birth" else field)
    return Side(field, _shown(field, on_file), _shown(field, getattr(said, field)))


def _shown(field: Kept, value: str) -> str:
    return people.phone_display(value) if field == "phone" and value else value


async def problems(run: ImportRun) -> bytes:
    """The rows that did not come in with the reason of each, to be put right and brought again (RFC 4180).

    No cell is a formula to the program that opens it.
    """
    ring = await keys.of(run.organization_id)
    look = look_of(run, ring)
    header = [column.name for column in look.columns] if look else []
    chosen = ImportRow.filter(run_id=run.id, outcome__in=_LEFT).exclude(outcome=ImportOutcome.FIXED)
    found = {row.number: row for row in await chosen.order_by("number")}
    sheet = Sheet([*header, "Row", "What is the matter"])
    if found and not run.forgotten_at:
        async for line in rows_of(run):
            if row := found.get(line.number):
                cells = said_instead(ring, row) or line.cells
                sheet.add([(*cells, str(line.number), words(row))])
    return sheet.content


async def _cells(run: ImportRun, ring: Keyring, wanted: Mapping[int, ImportRow]) -> dict[int, Sequence[str]]:
    found: dict[int, Sequence[str]] = {}
    if wanted:
        last = max(wanted)
        # A row's number is at least its place, so what is wanted lies no later than that.
        async for line in rows_of(run):
            if row := wanted.get(line.number):
                found[line.number] = said_instead(ring, row) or line.cells
            if line.number >= last:
                break
    return found


def said_instead(ring: Keyring, row: ImportRow) -> tuple[str, ...] | None:
    """What somebody typed in place of a row's cells."""
    if row.cells_sealed is None:
        return None
    said = ring.open("import_row", "cells", row.id, row.cells_sealed)
    return msgspec.json.decode(said, type=tuple[str, ...])
