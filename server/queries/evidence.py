"""What is known of one message: each state with its time, and none taken for another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import clock, devices, keys, models, reasons
from server.audit import Did
from server.models import Carries, Purpose, State
from server.queries import evidence_views, proxies
from server.queries import people as who
from server.vault import Keyring

STEPS: tuple[evidence_views.StepName, ...] = ("accepted", "delivered", "fetched", "pressed", "confirmed", "viewed")
"""In the order in which they happen. Of a normal text only the first two can be known."""
_NAMES: dict[str, evidence_views.EvidenceName] = {
    State.SENT: "accepted",
    State.DELIVERED: "delivered",
    State.FAILED: "failed",
    State.UNCERTAIN: "uncertain",
    State.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class _Known:
    """The rows about a message."""

    message: models.Message
    ring: Keyring
    deliveries: Sequence[models.Delivery]
    entries: Sequence[models.AuditEntry]
    sessions: Sequence[models.PortalSession]
    receipts: Sequence[models.Receipt]


async def of(message_id: UUID) -> evidence_views.EvidenceRecord:
    """Everything about a message but its words; five statements, however often it was sent or opened."""
    known = await _known(message_id)
    message, patient = known.message, known.message.conversation.patient
    events = sorted(_events(known), key=lambda event: event.at)
    steps = STEPS if message.via in (models.Via.SECURE_SMS, models.Via.SECURE_EMAIL) else STEPS[:2]
    return evidence_views.EvidenceRecord(
        message=message.id,
        conversation=message.conversation_id,
        number=message.number,
        via=message.via.value,
        patient=who.name_of(known.ring, patient),
        writer=message.user.name if message.user else proxies.reader_or_writer(known.ring, message, patient),
        as_of=clock.now(),
        steps=[_step(name, events) for name in steps] if message.user else [],
        events=events,
    )


def encoded(record: evidence_views.EvidenceRecord) -> bytes:
    """The bytes that a record's hash is of: JSON with its keys in alphabetical order and no spaces, in UTF-8."""
    return msgspec.json.encode(record, order="sorted")


async def _known(message_id: UUID) -> _Known:
    found = models.Message.filter(id=message_id).select_related("conversation__patient", "user", "proxy")
    message = await found.get()
    deliveries = await models.Delivery.filter(message_id=message.id).order_by("created_at")
    receipts = (
        await models.Receipt.filter(message_id=message.id).order_by("created_at").select_related("patient", "proxy")
    )
    links = {row.link_id for row in deliveries if row.link_id}
    # Whoever came in before the message was written and was still there has viewed it in that session.
    is_theirs = Q(link_id__in=links, created_at__gte=message.created_at) | Q(
        id__in=[each.session_id for each in receipts]
    )
    sessions = await models.PortalSession.filter(is_theirs).order_by("created_at")
    is_about = Q(about_id__in={row.ref for row in deliveries}, did__in=[Did.DELIVERY_SENT, Did.DELIVERY_SETTLED])
    is_fetch = Q(about_id__in=links, did=Did.LINK_FETCHED, at__gte=message.created_at)
    entries = models.AuditEntry.filter(is_about | is_fetch, patient_id=message.conversation.patient_id).order_by("at")
    ring = await keys.of(message.conversation.organization_id)
    return _Known(message, ring, deliveries, await entries, sessions, receipts)


def _step(name: evidence_views.StepName, events: Sequence[evidence_views.EvidenceEvent]) -> evidence_views.EvidenceStep:
    # What was delivered had been accepted, even where the carrier's report overtook its own answer.
    meant = (name, "delivered") if name == "accepted" else (name,)
    return evidence_views.EvidenceStep(name=name, at=next((event.at for event in events if event.name in meant), None))


def _events(known: _Known) -> Iterator[evidence_views.EvidenceEvent]:
    message = known.message
    yield evidence_views.EvidenceEvent("written", message.created_at)
    yield from _travelled(known)
    for entry in known.entries:
        if entry.did == Did.LINK_FETCHED:
            yield evidence_views.EvidenceEvent("fetched", entry.at)
    for session in known.sessions:
        device = devices.words(session.device)
        yield evidence_views.EvidenceEvent("pressed", session.created_at, device=device)
        if session.verified_at:
            yield evidence_views.EvidenceEvent("confirmed", session.verified_at, device=device)
    for receipt in known.receipts:
        name = proxies.reader_or_writer(known.ring, receipt, receipt.patient)
        yield evidence_views.EvidenceEvent("viewed", receipt.created_at, device=devices.words(receipt.device), who=name)
    if message.recalled_at:
        yield evidence_views.EvidenceEvent("recalled" if message.user else "moved", message.recalled_at)


def _travelled(known: _Known) -> Iterator[evidence_views.EvidenceEvent]:
    """What carriers said. Messages written in quick succession share a notice, and so what is said of it."""
    of_ref = {row.ref: row for row in known.deliveries}
    for entry in known.entries:
        row = of_ref.get(entry.about_id) if entry.about_id else None
        said = msgspec.json.decode(entry.data)
        name = _NAMES.get(said.get("state"))
        if row and name:
            why = reasons.of(said.get("reason"))
            yield evidence_views.EvidenceEvent(
                name,
                entry.at,
                by="email" if row.carries is Carries.NOTICE_EMAIL else "text",
                to=_ending(known.ring.open("delivery", "to", row.id, row.to_sealed)),
                is_reminder=row.purpose is Purpose.REMINDER,
                words=why.words if why else None,
            )


def _ending(to: str) -> str:
    """As much of an address as tells it from another one on file: the last two digits, or the mailbox's house."""
    return f"…@{to.rpartition('@')[2]}" if "@" in to else f"…{to[-2:]}"
