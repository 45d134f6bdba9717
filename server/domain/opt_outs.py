"""Who wants nothing from which sender of ours: a ledger that only grows, and what it comes to now.

A sender is a number of ours, or for mails the organization. A wish belongs to the phone or mailbox, so it holds for
everybody who shares it. Recording holds the sender alone, and whoever is about to post holds it together with others
(`sending.claiming.still_mine`): after a wish is committed no post that began before it is unknown, and none begins.
"""

from dataclasses import dataclass, field
from uuid import UUID

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from server import audit, clock, keys, models, tokens
from server.audit import Did
from server.db import Transaction, sql
from server.domain import lines, outbox, patient_changes
from server.models import StopSource
from server.queries import own_contacts

LONGEST = 500
_BY_THEMSELVES = frozenset((StopSource.KEYWORD, StopSource.PORTAL, StopSource.MAIL))
"""What the patient did with their own hands: staff cannot lift it, and it outweighs what staff wrote down."""


@dataclass(frozen=True, slots=True)
class Wish:
    """That a sender stops writing to a contact, or may write again: how we know, in which words, noted by whom."""

    organization: UUID
    contact_index: str
    sender_id: UUID
    source: StopSource
    words: str | None = field(default=None, repr=False)
    by: UUID | None = None


_SUPPRESS = """
INSERT INTO "suppression" ("id", "created_at", "organization_id", "contact_index", "sender_id", "source")
VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ("contact_index", "sender_id") DO NOTHING RETURNING "id"
"""


async def record(tx: Transaction, wish: Wish) -> bool:
    """From now on nothing goes from this sender to this contact; whether that is news.

    Inside another verb. What waits already is stopped by `sending.stop_waiting`, or at the latest by the gate. A wish
    that staff had written down becomes the patient's own when they say it themselves.
    """
    await sql.hold_alone(wish.sender_id)
    between, now = (wish.organization, wish.contact_index, wish.sender_id), sql.as_time(clock.now())
    if not await sql.fetch(_SUPPRESS, [tokens.new_id(), now, *between, wish.source.value]):
        theirs = _stopped(wish).filter(source=StopSource.STAFF)
        if wish.source not in _BY_THEMSELVES or not await theirs.update(source=wish.source):
            return False
    await _enter(tx, wish, stops=True)
    return True


async def lift(tx: Transaction, wish: Wish) -> bool:
    """This sender may write to this contact again; whether that is news. Inside another verb, which asks who may."""
    await sql.hold_alone(wish.sender_id)
    if not await _stopped(wish).delete():
        return False
    await _enter(tx, wish, stops=False)
    return True


def _stopped(wish: Wish) -> QuerySet[models.Suppression]:
    return models.Suppression.filter(contact_index=wish.contact_index, sender_id=wish.sender_id)


async def _enter(tx: Transaction, wish: Wish, *, stops: bool) -> None:
    line = models.OptOut(
        id=tokens.new_id(),
        created_at=clock.now(),
        organization_id=wish.organization,
        contact_index=wish.contact_index,
        sender_id=wish.sender_id,
        stops=stops,
        source=wish.source,
        by_id=wish.by,
    )
    if wish.words:
        ring = await keys.of(wish.organization)
        line.words_sealed = ring.seal("opt_out", "words", line.id, wish.words[:LONGEST])
    await line.save(force_create=True)
    patients = await _tell(tx, wish.organization, wish.contact_index)
    await lines.wished(tx, patients, wish.sender_id, stops=stops, why=wish.source, by=wish.by)
    kind: outbox.Kind = "patient.opted_out" if stops else "patient.opted_in"
    await outbox.put(kind, wish.organization, [{"patient": patient} for patient in patients])
    await audit.enter(
        Did.OPTED_OUT if stops else Did.OPTED_IN,
        organization=wish.organization,
        about=line.id,
        patient=patients[0] if len(patients) == 1 else None,
        data={"source": wish.source, "sender": wish.sender_id},
    )


async def _tell(tx: Transaction, organization: UUID, index: str) -> list[UUID]:
    """Let every screen that shows a patient of this contact read them again; who they are. Inside another verb."""
    patients = await patients_of(organization, index)
    for patient in patients:
        await models.Patient.filter(id=patient.id).update(rev=F("rev") + 1)
        await patient_changes.tell(tx, patient)
    return [patient.id for patient in patients]


async def patients_of(organization: UUID, index: str) -> list[models.Patient]:
    """Whoever has this phone or mailbox on file, in one order for everybody."""
    having = await own_contacts.having([index])
    return await models.Patient.filter(having, organization_id=organization).order_by("id")
