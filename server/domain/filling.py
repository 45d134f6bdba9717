"""What was written before there was an index gets into it: in batches, by the worker."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from tortoise.models import Model

from server import clock, keys, models, vault
from server.db import transaction
from server.domain import indexing, patients
from server.queries import thread

BATCH = 20
SETTLES_AFTER = timedelta(hours=1)
"""Beside a new release the one before it may still write for a while: until then the end is not the end."""


async def fill() -> bool:
    """Take up the next batch of each kind; whether more waits now. Asked again after a stop, it goes on from there."""
    await _begin()
    more = False
    for row in await models.Filling.filter(name__in=list(KINDS), done_at=None):
        model, take = KINDS[row.name]
        found = model.filter(id__gt=row.after).order_by("id").limit(BATCH)
        ids = [each for (each,) in await found.values_list("id")]
        for each in ids:
            # A clinic whose keys were destroyed has nothing to be found.
            with contextlib.suppress(vault.Unreadable):
                await take(each)
        is_end = len(ids) < BATCH
        row.after = ids[-1] if ids else row.after
        row.done_at = clock.now() if is_end and row.began_at + SETTLES_AFTER <= clock.now() else None
        await row.save(update_fields=["after", "done_at"])
        more = more or not is_end
    return more


async def _begin() -> None:
    if await models.Filling.filter(name__in=list(KINDS)).count() < len(KINDS):
        rows = [models.Filling(name=name, after=UUID(int=0), began_at=clock.now()) for name in KINDS]
        await models.Filling.bulk_create(rows, ignore_conflicts=True)


async def _patient(patient_id: UUID) -> None:
    async with transaction():
        await patients.index(await models.Patient.select_for_update(no_key=True).get(id=patient_id))


async def _same(patient_id: UUID) -> None:
    async with transaction():
        patient = await models.Patient.select_for_update(no_key=True).get(id=patient_id)
        if patient.merged_into_id is None:
            patients.mark_same(await keys.of(patient.organization_id), patient)
            await patient.save(update_fields=list(patients.SAME))


async def _contact(contact_id: UUID) -> None:
    row = await models.PatientContact.filter(id=contact_id).first()
    if row and row.same is None:
        await _patient(row.patient_id)


async def _message(message_id: UUID) -> None:
    async with transaction():
        # Locked, so that who takes it back meanwhile finds its words and removes them.
        message = await models.Message.select_for_update(no_key=True).get(id=message_id)
        if message.recalled_at is None:
            conversation = await models.Conversation.get(id=message.conversation_id)
            body = thread.body_of(await keys.of(conversation.organization_id), message)
            await indexing.keep(conversation, message.id, body, at=message.created_at)


async def _note(note_id: UUID) -> None:
    async with transaction():
        note = await models.Note.get(id=note_id).select_related("conversation")
        ring = await keys.of(note.organization_id)
        body = ring.open("note", "body", note.id, note.body_sealed)
        await indexing.keep(note.conversation, note.id, body, at=note.created_at)


KINDS: dict[str, tuple[type[Model], Callable[[UUID], Awaitable[None]]]] = {
    "patient": (models.Patient, _patient),
    "same": (models.Patient, _same),
    "contact": (models.PatientContact, _contact),
    "message": (models.Message, _message),
    "note": (models.Note, _note),
}
