"""Lists of patients that managers bring into the directory of their clinic."""

from typing import Annotated
from uuid import UUID

import msgspec
from starlette.requests import Request

from server import access
from server.domain import imports, lookups
from server.domain.imports import Announced, runs
from server.doors import downloads, reading
from server.doors.downloads import Download
from server.importing import Columns, Decision
from server.importing.lines import CELL, COLUMNS, SHOWN_ROWS
from server.queries import import_rows, sheets
from server.queries import import_views as views
from server.queries import imports as queries
from web.api import shapes
from web.api.registry import api

RowNumber = Annotated[int, msgspec.Meta(ge=0, le=SHOWN_ROWS * 4)]
_STEP = ("not_allowed", "moved_on")


class NewImport(shapes.Asked, frozen=True):
    """A file that is going to come, by the name that its page gave it."""

    key: shapes.Key
    name: shapes.Short
    size: Annotated[int, msgspec.Meta(ge=0, le=9_007_199_254_740_991)]


class Decided(shapes.Asked, frozen=True):
    """A decision about these rows; without `rows` about all that differ from what is on file."""

    decision: Decision
    rows: Annotated[list[RowNumber], msgspec.Meta(max_length=1000)] | None = None


class Corrected(shapes.Asked, frozen=True):
    """What somebody types in place of a row's cells, one for each column."""

    row: RowNumber
    cells: Annotated[list[Annotated[str, msgspec.Meta(max_length=CELL)]], msgspec.Meta(max_length=COLUMNS)]


class After(shapes.Asked, frozen=True):
    """From which row on."""

    after: RowNumber = 0


class Runs(msgspec.Struct, frozen=True):
    """The newest first."""

    runs: list[views.Run]


@api.get("/imports", answers={200: Runs}, refuses=("not_allowed",))
async def list_imports(staff: access.Staff) -> Runs:
    """The newest 50 runs of my clinic, the operator's too."""
    imports.must_manage(staff)
    return Runs(await queries.recent(staff.organization))


@api.post(
    "/imports",
    answers={201: views.Run, 200: views.Run},
    refuses=("not_allowed", "empty_file", "too_big", "too_many", "key_reused"),
)
async def begin_import(staff: access.Staff, body: NewImport) -> tuple[int, views.Run]:
    """Announce a list; with the same key again, the same run with what has come of it."""
    run, is_new = await imports.begin(Announced(body.key, body.name, body.size), by=staff)
    return (201 if is_new else 200), (await queries.shown([run]))[0]


@api.put(
    "/imports/{run}/file",
    answers={200: views.Run},
    refuses=("not_allowed", "wrong_place", "too_big"),
    takes=(reading.BYTES,),
)
async def add_to_import(request: Request, staff: access.Staff, run: UUID, query: shapes.PieceAt) -> views.Run:
    """Add the piece that begins at `at`, at most 1 MiB of it; after the last one the file is read."""
    reading.must_be_one_of(request, (reading.BYTES,))
    content = await reading.body(request, most=runs.PIECE)
    return (await queries.shown([await imports.take(run, query.at, content, by=staff)]))[0]


@api.get("/imports/{run}", answers={200: views.Detail}, refuses=("not_allowed",))
async def show_import(staff: access.Staff, run: UUID) -> views.Detail:
    """How far it is, and what was found out about the file."""
    return await queries.detail(await imports.own(run, by=staff))


@api.get("/imports/{run}/rows", answers={200: views.Rows}, refuses=("not_allowed",))
async def list_import_rows(staff: access.Staff, run: UUID, query: After) -> views.Rows:
    """Fifty rows that somebody has to look at, or that did not come in. Whose details stand beside one is on record."""
    found = await import_rows.left(await imports.own(run, by=staff), after=query.after)
    await lookups.note_beside(run, {each.patient for each in found.rows if each.patient and each.beside}, by=staff)
    return found


@api.get("/imports/{run}/problems", answers={200: None}, refuses=("not_allowed",))
async def save_import_problems(staff: access.Staff, run: UUID) -> Download:
    """The same rows with their reasons as CSV, to be put right. On record."""
    found = await imports.note_saving(run, by=staff)
    return downloads.saved(await import_rows.problems(found), sheets.MEDIA_TYPE, f"rows-{str(found.id)[-6:]}.csv")


@api.put("/imports/{run}/columns", answers={200: views.Run}, refuses=(*_STEP, "wrong_columns", "dates_unclear"))
async def set_import_columns(staff: access.Staff, run: UUID, body: Columns) -> views.Run:
    """Say what the columns are; every row is checked then, and nothing is saved yet."""
    return (await queries.shown([await imports.set_columns(run, body, by=staff)]))[0]


@api.post("/imports/{run}/decisions", answers={204: None}, refuses=_STEP)
async def decide_import_rows(staff: access.Staff, run: UUID, body: Decided) -> None:
    """Say which side is right where the list differs from what is on file, or that a row is another patient."""
    await imports.decide(run, body.decision, by=staff, rows=body.rows)


@api.post("/imports/{run}/corrections", answers={200: views.Run}, refuses=(*_STEP, "wrong_columns"))
async def correct_import_row(staff: access.Staff, run: UUID, body: Corrected) -> views.Run:
    """Put a row right that somebody has to look at; it is judged at once, and the counts are what would be then."""
    return (await queries.shown([await imports.correct(run, body.row, body.cells, by=staff)]))[0]


@api.post("/imports/{run}/start", answers={200: views.Run}, refuses=_STEP)
async def start_import(staff: access.Staff, run: UUID, body: shapes.Nothing) -> views.Run:
    """Write what was checked. Nothing is sent, and no consent is recorded."""
    return (await queries.shown([await imports.start(run, by=staff)]))[0]


@api.post("/imports/{run}/pause", answers={200: views.Run}, refuses=_STEP)
async def pause_import(staff: access.Staff, run: UUID, body: shapes.Nothing) -> views.Run:
    """Stop for now."""
    return (await queries.shown([await imports.pause(run, by=staff)]))[0]


@api.post("/imports/{run}/resume", answers={200: views.Run}, refuses=_STEP)
async def resume_import(staff: access.Staff, run: UUID, body: shapes.Nothing) -> views.Run:
    """Go on."""
    return (await queries.shown([await imports.resume(run, by=staff)]))[0]


@api.post("/imports/{run}/stop", answers={200: views.Run}, refuses=_STEP)
async def stop_import(staff: access.Staff, run: UUID, body: shapes.Nothing) -> views.Run:
    """End it here; the rows that were not reached count as skipped."""
    return (await queries.shown([await imports.stop(run, by=staff)]))[0]


@api.post("/imports/{run}/undo", answers={200: views.Run}, refuses=(*_STEP, "too_late"))
async def undo_import(staff: access.Staff, run: UUID, body: shapes.Nothing) -> views.Run:
    """Take all of it back, within 24 hours; patients who were used since stay."""
    return (await queries.shown([await imports.undo(run, by=staff)]))[0]


@api.delete("/imports/{run}", answers={204: None}, refuses=_STEP)
async def remove_import(staff: access.Staff, run: UUID) -> None:
    """Take a file away that was not started."""
    await imports.remove(run, by=staff)
