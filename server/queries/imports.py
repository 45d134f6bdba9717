"""Runs that bring lists of patients in, as managers see them."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import msgspec

from server import clock, keys, models
from server import files as storage
from server.importing import Columns, Line, Look
from server.models import ImportState
from server.queries.import_views import Detail, Run
from server.vault import Keyring

BATCH = 200
"""Rows that lie in one file, and that are written in one transaction."""
UNDO_WITHIN, ROWS_FOR = timedelta(hours=24), timedelta(days=7)
MOST_RUNS = 50
SUMMED = ("created", "updated", "unchanged", "skipped")
"""Every row is exactly one of these."""
_ENDED = (ImportState.DONE, ImportState.STOPPED)
_lines = msgspec.msgpack.Decoder(list[tuple[int, tuple[str, ...], str | None]])


async def recent(organization: UUID) -> list[Run]:
    """The newest runs of a clinic."""
    chosen = models.ImportRun.filter(organization_id=organization).order_by("-created_at", "-id")
    return await shown(await chosen.limit(MOST_RUNS))


async def shown(runs: Sequence[models.ImportRun]) -> list[Run]:
    """Each as a row of a list; one query for who brought them."""
    people = [run.by_id for run in runs if run.by_id]
    names = dict(await models.User.filter(id__in=people).values_list("id", "name")) if people else {}
    return [_run(run, await keys.of(run.organization_id), names.get(run.by_id)) for run in runs]


def _run(run: models.ImportRun, ring: Keyring, by: str | None) -> Run:
    counts = {name: getattr(run, name) for name in _COUNTS}
    until = may_undo_until(run) if run.state in _ENDED else None
    return Run(
        id=run.id,
        name=ring.open("import_run", "name", run.id, run.name_sealed),
        state=run.state.value,
        by=by,
        at=run.created_at,
        why=run.why,
        began_at=run.began_at,
        ended_at=run.ended_at,
        shared=run.shared or 0,
        undo_until=until if until and until > clock.now() else None,
        rows_until=None if run.forgotten_at else run.created_at + ROWS_FOR,
        **counts,
    )


_COUNTS = ("size", "received", "rows", "position", "created", "updated", "unchanged", "skipped", "taken_back", "kept")


def may_undo_until(run: models.ImportRun) -> datetime:
    """Until when a run that has ended can be undone."""
    return (run.ended_at or run.created_at) + UNDO_WITHIN


async def detail(run: models.ImportRun) -> Detail:
    """One with all that is known of its file."""
    [view] = await shown([run])
    look = look_of(run, await keys.of(run.organization_id))
    if look is None:
        return Detail(view, None, None, remembered=False)
    said = await _said_before(run)
    if run.columns:
        return Detail(view, look, columns_of(run), remembered=False)
    return Detail(view, look, said or look.suggested, remembered=said is not None)


async def _said_before(run: models.ImportRun) -> Columns | None:
    """What somebody of the clinic last said of a file with the same header."""
    if run.header_index is None:
        return None
    same = models.ImportRun.filter(organization_id=run.organization_id, header_index=run.header_index)
    last = await same.exclude(columns=None).exclude(id=run.id).order_by("-created_at").first()
    return columns_of(last) if last else None


def look_of(run: models.ImportRun, ring: Keyring) -> Look | None:
    """What was found out about the file of a run, while its rows are kept."""
    if run.look_sealed is None:
        return None
    return msgspec.json.decode(ring.open("import_run", "look", run.id, run.look_sealed), type=Look)


def columns_of(run: models.ImportRun) -> Columns:
    """What somebody said about its columns."""
    return msgspec.json.decode(run.columns or "", type=Columns)


async def rows_of(run: models.ImportRun) -> AsyncIterator[Line]:
    """Every row of a file, in its order."""
    for batch in range(-(-run.rows // BATCH)):
        for line in await batch_of(run, batch):
            yield line


async def batch_of(run: models.ImportRun, batch: int) -> list[Line]:
    """So many rows of it.

    :raises OSError: they are not there
    """
    content = await storage.read(run.organization_id, place(run.id, batch))
    return [Line(*said) for said in _lines.decode(content)]


def place(run: UUID, batch: int) -> UUID:
    """Under which name a batch of rows lies."""
    return uuid5(run, f"rows {batch}")
