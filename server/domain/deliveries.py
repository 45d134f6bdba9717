"""Getting a message, or the notice of it, to one address: arranged with the message, carried by the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from server import clock, keys, models, tokens
from server.db import sql
from server.db.prepared import Prepared
from server.domain import gate, portal_links
from server.errors import Kind, Refusal
from server.models import Carries, ContactKind, Purpose, State, Via
from server.queries import numbers, own_contacts

CARRIES = {Via.SMS: Carries.TEXT, Via.SECURE_SMS: Carries.NOTICE_SMS, Via.SECURE_EMAIL: Carries.NOTICE_EMAIL}
BOTH = (Carries.NOTICE_EMAIL, Carries.NOTICE_SMS)
RIDES_WITHIN = timedelta(seconds=60)
MOST_RIDES = 50
"""So many of the latest are looked through: more than any cap lets out in that time."""
ON_ITS_WAY = (State.WAITING, State.SENDING, State.SENT, State.DELIVERED)
RIDING = (Purpose.FIRST, Purpose.RETRY)
"""What may share a notice. Who writes now does not wait for a reminder that is held for the morning."""
UNDONE = (gate.Path.TYPED, gate.Path.RETRY)
"""What a person has just asked for can be taken back for some seconds before it goes."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a message is to go out: by which carriers, who asks, and why.

    `words` are those of a plain text, for the gate; `is_sure` that its writer saw a warning about them. `to` are
    contacts that were chosen instead of the preferred ones of their kind; `at` is the index of one that an earlier
    delivery was to, if it is still on file; `broadcast` the one it is part of.
    """

    carries: tuple[Carries, ...]
    path: gate.Path = gate.Path.TYPED
    purpose: Purpose = Purpose.FIRST
    words: str | None = None
    is_sure: bool = False
    to: tuple[UUID, ...] = ()
    at: str | None = None
    broadcast: UUID | None = None


_PATIENT = Prepared(lambda patient: models.Patient.filter(id=patient).select_related("organization"))


async def arrange(conversation: models.Conversation, message: models.Message, order: Order) -> list[models.Delivery]:
    """Put a staff message on its way, inside the transaction that posts it; a delivery for each carrier.

    A notice that went, or waits to go, within the last minute and whose messages the patient has not viewed carries
    this message too: several quick messages give one notice, and while it waits, one undo runs out for all of them.

    :raises Refusal: `contact_gone`, whatever `gate.admit` says, and `too_many` where a cap of `gate.count` is reached
    """
    made, records, letters = [], [], []
    for each in await asked(conversation, order):
        delivery, admitted = await _arrange_one(each, message, order.purpose)
        made.append(delivery)
        if delivery.ref == delivery.id:
            letters.append(each)
        records.append(gate.admitted(each, admitted, message=message.id, delivery=delivery.id))
    await gate.keep(records)
    await gate.count(letters)
    return made


async def asked(conversation: models.Conversation, order: Order) -> list[gate.Asked]:
    """What an order asks of the gate, for each carrier.

    :raises Refusal: `contact_gone`
    """
    patient = await _PATIENT.one(conversation.patient_id)
    places = await _places(patient, order)
    # A broadcast goes to everybody from one number: its pace is that number's.
    is_many = order.path in gate.MANY
    number = await (numbers.of_team(conversation.team_id) if is_many else numbers.of_conversation(conversation))
    return [
        gate.Asked(
            path=order.path,
            organization=patient.organization,
            patient=patient,
            conversation=conversation,
            carries=carries,
            number=number,
            words=order.words,
            is_sure=order.is_sure,
            broadcast=order.broadcast,
            place=places.get(ContactKind.EMAIL if carries is Carries.NOTICE_EMAIL else ContactKind.PHONE),
        )
        for carries in order.carries
    ]


async def _places(patient: models.Patient, order: Order) -> dict[ContactKind, own_contacts.Place]:
    """The contacts that were chosen. A preferred one is no choice: it is where messages go by themselves."""
    if not (order.to or order.at):
        return {}
    found = [await own_contacts.by_id(patient, each) for each in order.to]
    if any(each is None for each in found):
        sentence = "That phone or e-mail is no longer on the patient's entry. Choose another one."
        raise Refusal(Kind.CONFLICT, "contact_gone", sentence)
    kept = await own_contacts.place(patient, order.at)
    preferred = (patient.phone_index, patient.email_index)
    return {each.kind: each for each in (*found, kept) if each and each.index not in preferred}


async def release(conversation: models.Conversation, reason: str) -> list[UUID]:
    """Let go what waits in a conversation for this reason, under its lock; the messages, for the Fact of the caller."""
    held = models.Delivery.filter(conversation_id=conversation.id, state=State.WAITING, reason=reason)
    messages = await held.values_list("message_id", flat=True)
    await held.update(reason=None, next_at=clock.now(), changed_at=clock.now())
    return [sql.as_id(message) for message in messages]


async def _arrange_one(
    asked: gate.Asked, message: models.Message, purpose: Purpose
) -> tuple[models.Delivery, gate.Admitted]:
    admitted = await gate.admit(asked)
    now = clock.now()
    delivery = models.Delivery(
        id=tokens.new_id(),
        organization_id=asked.organization.id,
        conversation_id=asked.conversation.id,
        message_id=message.id,
        carries=asked.carries,
        purpose=purpose,
        created_at=now,
        changed_at=now,
    )
    delivery.ref = delivery.id
    delivery.next_at, delivery.reason = _when(asked, admitted, now)
    if asked.carries is not Carries.NOTICE_EMAIL and asked.number:
        delivery.phone_number_id = asked.number.id
    await _address(delivery, asked)
    if asked.carries is not Carries.TEXT:
        index = str(delivery.to_index)
        link = await portal_links.for_message(asked.conversation, index, organization=asked.organization)
        delivery.link_id = link.id
        if purpose in RIDING:
            await _ride(delivery)
    await delivery.save(force_create=True)
    return delivery, admitted


def _when(asked: gate.Asked, admitted: gate.Admitted, now: datetime) -> tuple[datetime, str | None]:
    """When it goes out, and what it waits for until then."""
    undone_until = now + timedelta(seconds=asked.organization.undo_seconds if asked.path in UNDONE else 0)
    if admitted.until and admitted.until > undone_until:
        return admitted.until, admitted.hold
    return undone_until, "undo" if undone_until > now else None


async def _address(delivery: models.Delivery, asked: gate.Asked) -> None:
    ring = await keys.of(asked.organization.id)
    delivery.to_index = asked.contact
    delivery.to_sealed = ring.seal("delivery", "to", delivery.id, asked.address(ring))
    delivery.chosen = True if asked.place else None


# Locked: the carrier's answer may be on its way into the leader's row, and whoever writes there locks the leader first.
_LATEST = Prepared(
    lambda conversation, link: (
        models.Delivery.filter(conversation_id=conversation, link_id=link, state__in=ON_ITS_WAY, purpose__in=RIDING)
        .order_by("-created_at")
        .limit(MOST_RIDES)
        .select_for_update(no_key=True)
    )
)


async def _leader_of(delivery: models.Delivery) -> models.Delivery | None:
    assert delivery.link_id
    since, held = clock.now() - RIDES_WITHIN, _hold(delivery)
    recent = await _LATEST.all(delivery.conversation_id, delivery.link_id)
    # What is held for long is no ride for what may go now, nor the other way round.
    rides = [each for each in recent if _goes_like(each, delivery) and _hold(each) == held]
    return next((each for each in rides if each.created_at > since), None)


def _goes_like(one: models.Delivery, other: models.Delivery) -> bool:
    """By the same carrier and, as a text, from the same number of ours."""
    return (one.carries, one.phone_number_id) == (other.carries, other.phone_number_id)


def _hold(delivery: models.Delivery) -> str | None:
    return delivery.reason if delivery.reason in gate.HOLDS else None


async def _ride(delivery: models.Delivery) -> None:
    leader = await _leader_of(delivery)
    if leader is None or await models.Receipt.filter(message__deliveries__ref=leader.ref, proxy_id=None).exists():
        return
    delivery.ref = leader.ref
    delivery.state = leader.state
    delivery.carrier_ref = leader.carrier_ref
    delivery.next_at, delivery.reason = leader.next_at, leader.reason
    delivery.claim, delivery.lease_until = leader.claim, leader.lease_until
