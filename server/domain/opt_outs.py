"""Who wants nothing more from us: a ledger that only grows, and what it comes to now."""

from uuid import UUID

from tortoise.expressions import Q

from server import audit, clock, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction
from server.models import StopSource


async def record(
    tx: Transaction,
    *,
    organization: UUID,
    contact_index: str,
    sender_id: UUID,
    source: StopSource,
    words: str | None = None,
    by: UUID | None = None,
) -> bool:
    """Keep that this contact wants nothing more from this sender, once; whether that is new.

    `sender_id` is the number of ours that was told, or for mails the organization.
    """
    if await models.Suppression.filter(contact_index=contact_index, sender_id=sender_id).exists():
        return False
    line = models.OptOut(id=tokens.new_id(), created_at=clock.now(), by_id=by, source=source, stops=True)
    line.organization_id, line.contact_index, line.sender_id = organization, contact_index, sender_id
    if words:
        line.words_sealed = (await keys.of(organization)).seal("opt_out", "words", line.id, words)
    await line.save(force_create=True)
    await models.Suppression.create(
        organization_id=organization,
        contact_index=contact_index,
        sender_id=sender_id,
        source=source,
        created_at=clock.now(),
    )
    data: dict[str, object] = {"source": source, "sender": sender_id}
    await audit.enter(Did.OPTED_OUT, organization=organization, about=line.id, data=data)
    await _tell(tx, organization, contact_index)
    return True


async def _tell(tx: Transaction, organization: UUID, index: str) -> None:
    chosen = models.Patient.filter(Q(phone_index=index) | Q(email_index=index), organization_id=organization)
    for patient in await chosen:
        patient.rev += 1
        await patient.save(update_fields=["rev"])
        teams = await models.Conversation.filter(patient_id=patient.id).distinct().values_list("team_id")
        tx.record(facts.PatientChanged(patient=patient.id), organization, *(team for (team,) in teams))
