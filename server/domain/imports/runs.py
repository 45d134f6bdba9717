"""What a person does with a run. Managers of the clinic do, or the operator for it."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, keys, models, tokens
from server import files as storage
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import budgets, jobs
from server.domain.imports import shelf
from server.domain.imports.telling import tell
from server.errors import Kind, Refusal
from server.importing import Columns, Decision, lines, must_fit
from server.models import ImportOutcome, ImportState
from server.queries import imports
from server.queries.hours import MANAGERS

KIND = "import"
PIECE = 1024 * 1024
AN_HOUR, HOUR = 30, timedelta(hours=1)
NAME = 120
Result = TypeVar("Result")
_BEFORE = (ImportState.RECEIVING, ImportState.READING, ImportState.REFUSED, ImportState.READ, ImportState.CHECKING,
           ImportState.CHECKED)  # fmt: skip
_UNDER_WAY = (ImportState.WRITING, ImportState.PAUSED)


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator, for a clinic that asked."""

    organization: UUID


Importer = access.Staff | Operator


@dataclass(frozen=True, slots=True)
class Announced:
    """What is said of a file before it comes: its name on the sender's page, what it is called, its bytes."""

    key: str
    name: str
    size: int


async def begin(announced: Announced, *, by: Importer) -> tuple[models.ImportRun, bool]:
    """Make room for a file, or find what has come of it; and whether it was begun now.

    :raises Refusal: `not_allowed`, `empty_file`, `too_big`, `too_many`, `key_reused`
    """
    must_manage(by)
    if announced.size < 1:
        raise Refusal(Kind.INVALID, "empty_file", "The file has no rows. Choose another one.")
    if announced.size > lines.BYTES:
        raise Refusal(Kind.TOO_BIG, "too_big", "A list can have 50 MB. Split it, and import one part after the other.")
    await budgets.spend(f"import:{by.organization}", at_most=AN_HOUR, per=HOUR)
    async with transaction() as tx:
        # One at a time, so that two who send the same key make one run.
        await models.Organization.filter(id=by.organization).select_for_update(no_key=True).get()
        earlier = await models.ImportRun.filter(organization_id=by.organization, key=announced.key).first()
        if earlier and earlier.size != announced.size:
            raise Refusal(Kind.CONFLICT, "key_reused", "Another file came under this name. Add the file again.")
        return (earlier, False) if earlier else (await _begin(tx, announced, by), True)


async def _begin(tx: Transaction, announced: Announced, by: Importer) -> models.ImportRun:
    run = models.ImportRun(
        id=tokens.new_id(),
        organization_id=by.organization,
        by_id=by.user if isinstance(by, access.Staff) else None,
        key=announced.key,
        size=announced.size,
        created_at=clock.now(),
    )
    ring = await keys.of(by.organization)
    name = " ".join(announced.name.split())[:NAME] or "List"
    run.name_sealed = ring.seal("import_run", "name", run.id, name)
    tell(tx, run)
    await run.save(force_create=True)
    data: dict[str, object] = {"size": run.size, "operator": run.by_id is None}
    await audit.enter(Did.IMPORT_BEGAN, organization=run.organization_id, about=run.id, data=data)
    return run


async def take(run_id: UUID, at: int, content: bytes, *, by: Importer) -> models.ImportRun:
    """Take a piece of the file that begins at this offset, at most 1 MiB; after the last one it is read. A piece that
    was not acknowledged may be sent again.

    :raises Refusal: `unknown`, `not_allowed`, `wrong_place` with `received`, `too_big`, `not_now`
    """
    run = await own(run_id, by=by)
    if run.state is not ImportState.RECEIVING:
        return run
    _must_follow(run, at, len(content))
    piece = await _or_not_now(storage.keep_piece(run.organization_id, run.id, at, content))
    try:
        async with transaction() as tx:
            run = await locked(run_id, by, ImportState.RECEIVING)
            _must_follow(run, at, len(content))
            await asyncio.to_thread(piece.settle)
            run.received += len(content)
            if run.received == run.size:
                await _go_on(tx, run, ImportState.READING)
            await run.save(update_fields=["received", "state", "told_at", "position"])
            return run
    finally:
        await asyncio.to_thread(piece.withdraw)


def _must_follow(run: models.ImportRun, at: int, much: int) -> None:
    if at != run.received or not much:
        sentence = "This piece does not follow on what is here. Go on from there."
        raise Refusal(Kind.CONFLICT, "wrong_place", sentence, extra={"received": run.received})
    if at + much > run.size or much > PIECE:
        raise Refusal(Kind.TOO_BIG, "too_big", "This is more than was announced. Add the file again.")


async def own(run_id: UUID, *, by: Importer) -> models.ImportRun:
    """A run of the clinic.

    :raises Refusal: `unknown`, `not_allowed`
    """
    found = await models.ImportRun.filter(id=run_id, organization_id=by.organization).first()
    if found is None:
        raise errors.unknown()
    must_manage(by)
    return found


async def set_columns(run_id: UUID, columns: Columns, *, by: Importer) -> models.ImportRun:
    """Say what the columns are; the rows are checked then, and nothing is written yet. What was decided is forgotten.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`, `wrong_columns`, `dates_unclear`
    """
    async with transaction() as tx:
        run = await locked(run_id, by, ImportState.READ, ImportState.CHECKED)
        look = imports.look_of(run, await keys.of(run.organization_id))
        if look is None:
            raise _moved_on()
        must_fit(columns, len(look.columns), needs_order=look.needs_order(columns.fields))
        proved = look.order_of(columns.fields)
        run.columns = msgspec.json.encode(msgspec.structs.replace(columns, dates=columns.dates or proved)).decode()
        await models.ImportRow.filter(run_id=run.id).delete()
        await _go_on(tx, run, ImportState.CHECKING)
        await run.save()
        return run


async def decide(run_id: UUID, decision: Decision, *, by: Importer, rows: Sequence[int] | None = None) -> int:
    """Decide about these rows, or about all that differ from what is on file; how many that are.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    async with transaction():
        run = await locked(run_id, by, ImportState.CHECKED)
        waiting = models.ImportRow.filter(run_id=run.id, outcome=ImportOutcome.NEEDS)
        chosen = waiting.filter(why="differs") if rows is None else waiting.filter(number__in=list(rows))
        return await chosen.update(decision=msgspec.json.encode(decision).decode())


async def start(run_id: UUID, *, by: Importer) -> models.ImportRun:
    """Write what was checked into the directory. Nothing is sent to anybody, and no consent is made.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    async with transaction() as tx:
        run = await locked(run_id, by, ImportState.CHECKED)
        run.began_at = clock.now()
        await _go_on(tx, run, ImportState.WRITING)
        await run.save()
        await _enter(Did.IMPORT_STARTED, run)
        return run


async def pause(run_id: UUID, *, by: Importer) -> models.ImportRun:
    """Stop for now, after the rows that are being written.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    return await _turn(run_id, by, ImportState.WRITING, ImportState.PAUSED)


async def resume(run_id: UUID, *, by: Importer) -> models.ImportRun:
    """Go on where it paused.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    return await _turn(run_id, by, ImportState.PAUSED, ImportState.WRITING)


async def _turn(run_id: UUID, by: Importer, before: ImportState, after: ImportState) -> models.ImportRun:
    async with transaction() as tx:
        run = await locked(run_id, by, before)
        run.state = after
        if after is ImportState.WRITING:
            await jobs.begin(KIND, run.id, at=clock.now())
        else:
            await jobs.end(KIND, run.id)
        tell(tx, run)
        await run.save(update_fields=["state", "told_at"])
        return run


async def stop(run_id: UUID, *, by: Importer) -> models.ImportRun:
    """End it here. What is written stays, and can be undone; the rows that were not reached count as skipped.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    async with transaction() as tx:
        run = await locked(run_id, by, *_UNDER_WAY)
        run.state, run.ended_at = ImportState.STOPPED, clock.now()
        run.skipped += run.rows - run.position
        run.position = run.rows
        await jobs.end(KIND, run.id)
        tell(tx, run)
        await run.save()
        await _enter(Did.IMPORT_ENDED, run)
        return run


async def undo(run_id: UUID, *, by: Importer) -> models.ImportRun:
    """Take a whole run back, within 24 hours: patients that it made go, details that it changed are as before.

    Whoever has changed since, or has a conversation, stays as they are.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`, `too_late`
    """
    async with transaction() as tx:
        run = await locked(run_id, by, ImportState.DONE, ImportState.STOPPED)
        if imports.may_undo_until(run) <= clock.now():
            sentence = "An import can be undone for 24 hours. Change the patients themselves."
            raise Refusal(Kind.CONFLICT, "too_late", sentence)
        run.state, run.taken_back, run.kept = ImportState.UNDOING, 0, 0
        await jobs.begin(KIND, run.id, at=clock.now())
        tell(tx, run)
        await run.save()
        return run


async def note_saving(run_id: UUID, *, by: Importer) -> models.ImportRun:
    """Somebody takes the rows that did not come in with them.

    :raises Refusal: `unknown`, `not_allowed`
    """
    run = await own(run_id, by=by)
    await audit.enter(Did.IMPORT_ROWS_SAVED, organization=run.organization_id, about=run.id)
    return run


async def remove(run_id: UUID, *, by: Importer) -> None:
    """Take a file away that was not started.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    async with transaction():
        run = await locked(run_id, by, *_BEFORE)
        await jobs.end(KIND, run.id)
        await audit.enter(Did.IMPORT_REMOVED, organization=run.organization_id, about=run.id)
        await run.delete()
    await _or_not_now(shelf.forget(run))


async def locked(run_id: UUID, by: Importer, *states: ImportState) -> models.ImportRun:
    """A run of the clinic in one of these states, locked for a verb.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    await own(run_id, by=by)
    found = await models.ImportRun.filter(id=run_id).select_for_update(no_key=True).first()
    if found is None:
        raise errors.unknown()
    if found.state not in states:
        raise _moved_on()
    return found


async def locked_in(run_id: UUID, state: ImportState) -> models.ImportRun | None:
    """A run while it is in this state, locked for a batch of its rows."""
    return await models.ImportRun.filter(id=run_id, state=state).select_for_update(no_key=True).first()


def _moved_on() -> Refusal:
    return Refusal(Kind.CONFLICT, "moved_on", "This import is at another step now. Look at it again.")


def must_manage(by: Importer) -> None:
    """Who may do any of this.

    :raises Refusal: `not_allowed`
    """
    if isinstance(by, access.Staff) and by.role not in MANAGERS:
        sentence = "Only supervisors and administrators bring lists of patients in. Ask one of them."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)


async def _go_on(tx: Transaction, run: models.ImportRun, state: ImportState) -> None:
    """To a state that a worker brings to its end, from the first row on. The caller saves the run."""
    run.state, run.position = state, 0
    run.created = run.updated = run.unchanged = run.skipped = 0
    await jobs.begin(KIND, run.id, at=clock.now())
    tell(tx, run)


async def _enter(did: Did, run: models.ImportRun) -> None:
    await audit.enter(did, organization=run.organization_id, about=run.id, data=sums(run))


def sums(run: models.ImportRun) -> dict[str, object]:
    """What the audit keeps of a run: its counts and what tells its content, nothing of it."""
    counts = {name: getattr(run, name) for name in ("rows", "created", "updated", "unchanged", "skipped")}
    return {**counts, "taken_back": run.taken_back, "sha256": run.sha256, "operator": run.by_id is None}


async def _or_not_now(done: Awaitable[Result]) -> Result:
    try:
        return await done
    except OSError:
        raise Refusal(Kind.UNAVAILABLE, "not_now", "The file cannot be kept right now. Try again later.") from None
