"""A run is taken back: patients that it made go, details that it changed are as before, where nobody touched them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from server import audit, keys, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import jobs
from server.domain.imports import entries, knowing, reaching, runs
from server.domain.imports.judging import Entry
from server.domain.imports.telling import tell, tell_now_and_then
from server.domain.imports.traces import Before, before_of
from server.domain.jobs import Job
from server.models import ImportOutcome, ImportRow, ImportState, Patient
from server.models.base import Record
from server.queries import holds
from server.queries.imports import BATCH
from server.vault import Keyring

_WRITTEN = (ImportOutcome.CREATED, ImportOutcome.UPDATED)
_OUR_OWN = (models.AuditEntry, models.NameToken, models.PatientContact, ImportRow)
"""What an import makes of a patient. Who adds a contact to the entry changes its revision."""
_Rows = dict[UUID, list[ImportRow]]


async def undo(job: Job, run: models.ImportRun) -> None:
    """Take back whatever is left of it."""
    while await _undo_batch(job, run.id):
        pass


async def _undo_batch(job: Job, run_id: UUID) -> bool:
    async with transaction() as tx:
        run = await runs.locked_in(run_id, ImportState.UNDOING)
        if run is None or not await jobs.keep_hold(job):
            return False
        written = await _written(run)
        await _take_back(tx, run, written)
        await ImportRow.filter(id__in=[row.id for rows in written.values() for row in rows]).delete()
        tell_now_and_then(tx, run)
        if not written:
            run.state = ImportState.UNDONE
            tell(tx, run)
            await audit.enter(Did.IMPORT_UNDONE, organization=run.organization_id, about=run.id, data=runs.sums(run))
        await run.save()
        return bool(written)


async def _written(run: models.ImportRun) -> _Rows:
    """Some patients of the run with everything that it wrote of them, in the order of its rows."""
    some = ImportRow.filter(run_id=run.id, outcome__in=_WRITTEN).order_by("number").limit(BATCH)
    ids = {row.patient_id for row in await some}
    found: _Rows = defaultdict(list)
    theirs = ImportRow.filter(run_id=run.id, outcome__in=_WRITTEN, patient_id__in=[each for each in ids if each])
    for row in await theirs.order_by("number"):
        if row.patient_id:
            found[row.patient_id].append(row)
    return found


async def _take_back(tx: Transaction, run: models.ImportRun, written: _Rows) -> None:
    held = Patient.filter(id__in=list(written)).order_by("id").select_for_update(no_key=True)
    # A patient whose revision is another one was changed by a person since.
    as_left = [each for each in await held if each.rev == max(row.rev for row in written[each.id])]
    made = {patient for patient, rows in written.items() if rows[0].outcome is ImportOutcome.CREATED}
    used = await _used(run.organization_id, [each.id for each in as_left if each.id in made])
    gone = [each.id for each in as_left if each.id in made - used]
    restored = [each for each in as_left if each.id not in made]
    await _remove(run, gone)
    await _restore(tx, run, restored, written)
    run.taken_back += len(gone) + len(restored)
    run.kept += len(written) - len(gone) - len(restored)


async def _used(organization: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those who have become more than an entry: somebody wrote to them, noted something about them, or holds them."""
    if await holds.is_clinic_held(organization):
        return set(ids)
    used: set[UUID] = set()
    for model in _theirs() if ids else ():
        pairs = model.filter(patient_id__in=list(ids)).distinct().values_list("patient_id")
        used |= {patient for (patient,) in await pairs if patient}
    return used


def _theirs() -> list[type[Record]]:
    """Whatever a patient can have, also what a later release adds."""
    every = [model for name in models.__all__ if hasattr(model := getattr(models, name), "_meta")]
    return [model for model in every if "patient_id" in model._meta.fields_map and model not in _OUR_OWN]


async def _remove(run: models.ImportRun, gone: Sequence[UUID]) -> None:
    if not gone:
        return
    contacts = await reaching.of(gone)
    await reaching.drop(contacts)
    await models.NameToken.filter(patient_id__in=gone).delete()
    await Patient.filter(id__in=gone).delete()
    await models.FactRecord.filter(stream_id__in=gone).delete()
    await models.Stream.filter(id__in=gone).delete()
    said: dict[str, object] = {"import": run.id}
    lines = [audit.Entry(patient, said) for patient in gone]
    await audit.enter_all(Did.PATIENT_TAKEN_BACK, lines, organization=run.organization_id)
    await reaching.forget_lines(run.organization_id, [row.index for row in contacts])


async def _restore(tx: Transaction, run: models.ImportRun, restored: Sequence[Patient], written: _Rows) -> None:
    ring = await keys.of(run.organization_id)
    changed = []
    for patient in restored:
        person, before = knowing.person_of(ring, patient), _before(ring, written[patient.id])
        entry = Entry(person, patient, before=person, dropped=before.contacts)
        entry.person = msgspec.structs.replace(person, **before.details)
        changed.append(entry)
    names = [name for each in changed for name in each.dropped]
    added = models.PatientContact.filter(id__in=names)
    indexes = [index for (index,) in await added.values_list("index")] if names else []
    await entries.change(tx, ring, run, changed)
    await reaching.forget_lines(run.organization_id, indexes)


def _before(ring: Keyring, rows: Sequence[ImportRow]) -> Before:
    """How it was before the first of these rows, and whatever they added."""
    found = Before({})
    for row in rows:
        before = before_of(ring, row)
        found = Before({**before.details, **found.details}, [*found.contacts, *before.contacts])
    return found
