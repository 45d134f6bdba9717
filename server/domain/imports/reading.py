"""A file that has come is read once, and its rows are put where the later steps take them."""

import asyncio
import hashlib
import io
import itertools

import msgspec

from server import audit, clock, importing, keys, models
from server import files as storage
from server.audit import Did
from server.db import transaction
from server.domain import jobs
from server.domain.imports import runs, shelf
from server.domain.imports.telling import tell
from server.domain.jobs import Job
from server.errors import Refusal
from server.importing import Look, Looking
from server.models import ImportState
from server.queries.imports import BATCH


async def read(job: Job, run: models.ImportRun) -> None:
    """Read it; a worker that takes it up again begins anew, and puts the same rows in the same places."""
    content = await storage.join(run.organization_id, run.id, run.size)
    digest = hashlib.sha256(content).hexdigest()
    try:
        look = await _look(job, run, content)
    except Refusal as no:
        await _settle(job, run, digest, None, str(no))
    else:
        await _settle(job, run, digest, look, None)
    await storage.forget_pieces(run.organization_id, run.id)


async def _look(job: Job, run: models.ImportRun, content: bytes) -> Look:
    opened = await asyncio.to_thread(importing.opened, io.BytesIO(content))
    looking = Looking(opened)
    for batch in itertools.count():
        lines = await asyncio.to_thread(_next, opened, looking)
        if not lines:
            return looking.found()
        await shelf.keep(run, batch, lines)
        await jobs.keep_hold(job)
    raise AssertionError("unreachable")


def _next(opened: importing.Opened, looking: Looking) -> list[importing.Line]:
    lines = list(itertools.islice(opened.lines, BATCH))
    for line in lines:
        looking.see(line)
    return lines


async def _settle(job: Job, run: models.ImportRun, digest: str, look: Look | None, why: str | None) -> None:
    async with transaction() as tx:
        locked = await runs.locked_in(run.id, ImportState.READING)
        if locked is None or not await jobs.still_mine(job):
            return
        locked.sha256, locked.why = digest, why
        locked.state = ImportState.READ if look else ImportState.REFUSED
        locked.ended_at = None if look else clock.now()
        if look:
            ring = await keys.of(run.organization_id)
            locked.rows = look.rows
            locked.look_sealed = ring.seal("import_run", "look", run.id, msgspec.json.encode(look).decode())
            names = msgspec.json.encode([column.name for column in look.columns]).decode()
            locked.header_index = ring.blind("header", names) if look.has_header else None
        data: dict[str, object] = {"sha256": digest, "rows": locked.rows, "state": locked.state}
        await audit.enter(Did.IMPORT_READ, organization=run.organization_id, about=run.id, data=data)
        tell(tx, locked)
        await locked.save()
