"""Who wants nothing from which sender of ours: a ledger that only grows, and what it comes to now.

A sender is a number of ours, or for mails the organization. A wish belongs to the phone or mailbox, so it holds for
everybody who shares it. Recording holds the sender alone, and whoever is about to post holds it together with others
(`sending.claiming.still_mine`): after a wish is committed no post that began before it is unknown, and none begins.
"""

from uuid import UUID

from tortoise.expressions import F

from server import audit, clock, facts, keys, models, tokens
from server.audit import Did
from server.db import Transaction, sql
from server.models import StopSource

LONGEST = 500
_BY_THEMSELVES = frozenset((StopSource.KEYWORD, StopSource.PORTAL, StopSource.MAIL))
"""What the patient did with their own hands: staff cannot lift it, and it outweighs what staff wrote down."""

_SUPPRESS = """
INSERT INTO "suppression" ("id", "created_at", "organization_id", "contact_index", "sender_id", "source")
VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ("contact_index", "sender_id") DO NOTHING RETURNING "id"
"""


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
    """From now on nothing goes from this sender to this contact; whether that is news.

    Inside another verb. What waits already is stopped by `sending.stop_waiting`, or at the latest by the gate. A wish
    that staff had written down becomes the patient's own when they say it themselves.
    """
    await sql.hold_alone(sender_id)
    now = clock.now()
    values = [tokens.new_id(), sql.as_time(now), organization, contact_index, sender_id, source.value]
    if not await sql.fetch(_SUPPRESS, values):
        theirs = models.Suppression.filter(contact_index=contact_index, sender_id=sender_id, source=StopSource.STAFF)
        if source not in _BY_THEMSELVES or not await theirs.update(source=source):
            return False
    line = models.OptOut(organization_id=organization, contact_index=contact_index, sender_id=sender_id, stops=True)
    await _enter(tx, line, source, words, by)
    return True


async def lift(
    tx: Transaction,
    *,
    organization: UUID,
    contact_index: str,
    sender_id: UUID,
    source: StopSource,
    words: str | None = None,
    by: UUID | None = None,
) -> bool:
    """This sender may write to this contact again; whether that is news. Inside another verb, which asks who may."""
    await sql.hold_alone(sender_id)
    if not await models.Suppression.filter(contact_index=contact_index, sender_id=sender_id).delete():
        return False
    line = models.OptOut(organization_id=organization, contact_index=contact_index, sender_id=sender_id, stops=False)
    await _enter(tx, line, source, words, by)
    return True


async def _enter(tx: Transaction, line: models.OptOut, source: StopSource, words: str | None, by: UUID | None) -> None:
    line.id, line.created_at = tokens.new_id(), clock.now()
    line.source, line.by_id = source, by
    if words:
        ring = await keys.of(line.organization_id)
        line.words_sealed = ring.seal("opt_out", "words", line.id, words[:LONGEST])
    await line.save(force_create=True)
    patients = await tell(tx, line.organization_id, line.contact_index)
    await audit.enter(
        Did.OPTED_OUT if line.stops else Did.OPTED_IN,
        organization=line.organization_id,
        about=line.id,
        patient=patients[0] if len(patients) == 1 else None,
        data={"source": source, "sender": line.sender_id},
    )


async def tell(tx: Transaction, organization: UUID, index: str) -> list[UUID]:
    """Let every screen that shows a patient of this contact read them again; who they are. Inside another verb."""
    patients = await patients_of(organization, index)
    for patient in patients:
        await models.Patient.filter(id=patient.id).update(rev=F("rev") + 1)
        teams = await models.Conversation.filter(patient_id=patient.id).distinct().values_list("team_id")
        tx.record(facts.PatientChanged(patient=patient.id), organization, *(team for (team,) in teams))
    return [patient.id for patient in patients]


async def patients_of(organization: UUID, index: str) -> list[models.Patient]:
    """Whoever has this phone or mailbox on file, in one order for everybody."""
    by_phone = models.Patient.filter(organization_id=organization, phone_index=index)
    by_mail = models.Patient.filter(organization_id=organization, email_index=index)
    return sorted([*await by_phone, *await by_mail], key=lambda patient: patient.id)
