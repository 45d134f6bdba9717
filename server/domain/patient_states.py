"""Whether somebody is among the patients of now: put away (archived), or no longer alive.

Neither ends a conversation or hides it from its team. Who is archived is in no list of the directory and no picker, and
comes back when they write. Who is deceased gets nothing any more that no person writes: what waits is stopped at once,
and the gate refuses whatever would go by itself.
"""

from datetime import datetime
from uuid import UUID

from server import access, audit, clock, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import answers, patient_changes
from server.domain.gate import DECEASED
from server.domain.sending import turning
from server.models import State


async def archive(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """Put a patient away. Whoever is away stays so.

    :raises Refusal: `unknown`
    """
    return await _put(patient_id, clock.now(), by=by)


async def restore(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """Bring a patient back among those of now. Whoever is there stays.

    :raises Refusal: `unknown`
    """
    return await _put(patient_id, None, by=by)


async def _put(patient_id: UUID, at: datetime | None, *, by: access.Staff) -> models.Patient:
    async with transaction() as tx:
        patient = await _locked(by, patient_id)
        if (patient.archived_at is None) != (at is None):
            await _archive(tx, patient, at)
        return patient


async def wrote(tx: Transaction, patient_id: UUID) -> None:
    """Inside the verb that keeps a patient's words, which holds their conversation: who was archived is back."""
    away = models.Patient.filter(id=patient_id, archived_at__not_isnull=True)
    if patient := await away.select_for_update(no_key=True).first():
        await _archive(tx, patient, None, why="wrote")


async def _archive(tx: Transaction, patient: models.Patient, at: datetime | None, *, why: str = "staff") -> None:
    before, patient.archived_at = patient.archived_at, at
    did = Did.PATIENT_RESTORED if at is None else Did.PATIENT_ARCHIVED
    await _keep(tx, patient, "archived_at", did, {"before": before, "after": at, "why": why})


async def mark_deceased(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """Say that a patient has died. Everything that waits to go to them is stopped now, and nothing goes by itself.

    What was written for later is called off. Said again changes nothing.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        await access.patient(by, patient_id)
        # Before the patient, as everywhere: the conversations, in one order.
        theirs = models.Conversation.filter(patient_id=patient_id).order_by("id").select_for_update(no_key=True)
        conversations = await theirs
        patient = await _locked(by, patient_id)
        if patient.deceased_at is not None:
            return patient
        patient.deceased_at = clock.now()
        for conversation in conversations:
            await _stop(tx, conversation)
        data: dict[str, object] = {"before": None, "after": patient.deceased_at}
        await _keep(tx, patient, "deceased_at", Did.PATIENT_DECEASED, data)
        return patient


async def unmark_deceased(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """It was a mistake: the patient lives. What was stopped stays so. Said again changes nothing.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        patient = await _locked(by, patient_id)
        if patient.deceased_at is None:
            return patient
        before, patient.deceased_at = patient.deceased_at, None
        await _keep(tx, patient, "deceased_at", Did.PATIENT_NOT_DECEASED, {"before": before, "after": None})
        return patient


async def _stop(tx: Transaction, conversation: models.Conversation) -> None:
    """What waits there fails, with the reason; nobody is reminded, and nothing is posted later."""
    waiting = models.Delivery.filter(conversation_id=conversation.id, state=State.WAITING).order_by("created_at")
    letters: dict[UUID, list[models.Delivery]] = {}
    for row in await waiting:
        letters.setdefault(row.ref, []).append(row)
    for letter in letters.values():
        await turning.turn(tx, conversation, letter, State.FAILED, DECEASED)
    await answers.patient_died(conversation)
    conversation.rev += 1
    await conversation.save(update_fields=["rev"])
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def _locked(by: access.Staff, patient_id: UUID) -> models.Patient:
    await access.patient(by, patient_id)
    return await models.Patient.select_for_update(no_key=True).get(id=patient_id)


async def _keep(tx: Transaction, patient: models.Patient, field: str, did: Did, data: dict[str, object]) -> None:
    patient.rev += 1
    await patient.save(update_fields=[field, "rev"])
    await audit.enter(did, organization=patient.organization_id, about=patient.id, patient=patient.id, data=data)
    await patient_changes.tell(tx, patient)
