"""What becomes of the phones and mailboxes we write to."""

from uuid import UUID

from tortoise.expressions import Q

from server import audit, clock, facts, models
from server.audit import Did
from server.db import Transaction


async def pause(tx: Transaction, organization_id: UUID, index: str, why: str) -> None:
    """Send nothing more to a contact until a person says that it is right. What is paused stays as it is.

    `why` is a code of `server/reasons.py`.
    """
    patients = await models.Patient.filter(Q(phone_index=index) | Q(email_index=index), organization_id=organization_id)
    contact = await models.Contact.filter(organization_id=organization_id, index=index).first()
    if contact and contact.paused_at:
        return
    if contact is None:
        is_phone = any(patient.phone_index == index for patient in patients)
        kind = models.ContactKind.PHONE if is_phone else models.ContactKind.EMAIL
        contact = models.Contact(organization_id=organization_id, kind=kind, index=index, created_at=clock.now())
    contact.paused_at, contact.pause = clock.now(), why
    await contact.save()
    data: dict[str, object] = {"why": why}
    await audit.enter(Did.CONTACT_PAUSED, organization=organization_id, about=contact.id, data=data)
    for patient in patients:
        await _tell_teams(tx, patient)


async def _tell_teams(tx: Transaction, patient: models.Patient) -> None:
    patient.rev += 1
    await patient.save(update_fields=["rev"])
    teams = await models.Conversation.filter(patient_id=patient.id).distinct().values_list("team_id")
    tx.record(facts.PatientChanged(patient=patient.id), patient.organization_id, *(team for (team,) in teams))
