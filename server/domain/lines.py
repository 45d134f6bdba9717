"""What happened to a patient's record, as quiet lines in their conversations: wishes, consents, contacts.

A conversation is the only place where somebody who answers later looks for the reason of what they see. So a line
stands wherever it changes what can be written there: in the patient's current conversation with every team for what is
the patient's (a consent, a contact, mails), with the one team whose number it is for texts. A conversation that is done
keeps it too, since it goes on from there; it does not come up for it. What was proven in a link, or was not, stays with
the conversation that the link is of (`identity_trouble`).
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from server import clock, facts, models, tokens
from server.db import Transaction
from server.models import EventKind
from server.queries import numbers

_TEXTS = {True: EventKind.TEXTS_OFF, False: EventKind.TEXTS_ON}
_MAILS = {True: EventKind.MAILS_OFF, False: EventKind.MAILS_ON}


async def wished(
    tx: Transaction, patients: Iterable[UUID], sender: UUID, *, stops: bool, why: str, by: UUID | None
) -> None:
    """These patients get nothing more from a sender (a number of ours, or for mails the organization), or again
    something. Inside the verb that enters it in the ledger.

    Of a team's conversations only those say so that go on from this number: of the others nothing changes.
    """
    number = await models.PhoneNumber.filter(id=sender).first()
    kind = _TEXTS[stops] if number else _MAILS[stops]
    await about(tx, patients, kind, why=why, by=by, number=number)


async def agreed(tx: Transaction, consent: models.Consent) -> None:
    """A patient agreed to something, or no longer does. Inside the verb that enters it in the ledger."""
    kind = EventKind.AGREED if consent.gives else EventKind.WITHDREW
    await about(tx, [consent.patient_id], kind, why=consent.kind, by=consent.by_id)


async def moved(
    tx: Transaction, patient: models.Patient, before: tuple[str | None, str | None], *, by: UUID | None
) -> None:
    """The patient's phone or mailbox is another one, or gone; `before` are the blind indexes of both as they were.

    Inside the verb that changes them.
    """
    now = (patient.phone_index, patient.email_index)
    for why, old, new in zip(("phone", "email"), before, now, strict=True):
        if old != new:
            await about(tx, [patient.id], EventKind.CONTACT, why=why, by=by)


async def about(
    tx: Transaction,
    patients: Iterable[UUID],
    kind: EventKind,
    *,
    why: str,
    by: UUID | None,
    number: models.PhoneNumber | None = None,
) -> None:
    """Keep one line in the current conversations of these patients, in all or those that go on from a `number` of ours,
    and tell their teams.

    Inside another verb. No conversation is locked for it: the order is conversation before patient, and who changes a
    patient holds them. A message that comes in the same moment may stand before or after the line.
    """
    chosen = models.Conversation.filter(patient_id__in=list(patients), current=True)
    found = await (chosen.filter(team_id=number.team_id) if number else chosen).order_by("id")
    found = await _going_from(number, found) if number else found
    lines = [_line(conversation, kind, why, by) for conversation in found]
    if lines:
        await models.Event.bulk_create(lines)
    _tell(tx, found, lines)


async def _going_from(number: models.PhoneNumber, found: Sequence[models.Conversation]) -> list[models.Conversation]:
    theirs = await models.PhoneNumber.filter(team_id=number.team_id)
    return [each for each in found if numbers.chosen(theirs, each.phone_number_id) == number]


def _line(conversation: models.Conversation, kind: EventKind, why: str, by: UUID | None) -> models.Event:
    return models.Event(
        id=tokens.new_id(),
        organization_id=conversation.organization_id,
        conversation_id=conversation.id,
        number=conversation.last_number,
        kind=kind,
        user_id=by,
        why=why,
        created_at=clock.now(),
    )


def _tell(tx: Transaction, found: Sequence[models.Conversation], lines: Sequence[models.Event]) -> None:
    for conversation, line in zip(found, lines, strict=True):
        fact = facts.ConversationChanged(conversation=conversation.id, events=[line.id])
        tx.record(fact, conversation.team_id)
