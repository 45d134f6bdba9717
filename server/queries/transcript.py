"""A whole conversation as a transcript says it: read in pages, six statements a page, however long it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from server import keys, models, people, transcripts
from server.audit import Did
from server.models import Carries, State
from server.queries import event_words, events, proxies, thread
from server.queries import people as who
from server.queries.clinic import public_name
from server.vault import Keyring

PAGE = 500
Row = TypeVar("Row", models.Delivery, models.Receipt, models.File)


async def content(conversation_id: UUID, *, for_patient: bool, proxy: UUID | None = None) -> transcripts.Content:
    """All messages, oldest first, and what was done between them. A patient's copy leaves out the latter and why
    something did not arrive; that of a `proxy` what they are not shown, and what would open the patient's own link.

    Read it in a snapshot, so that it is the conversation of one moment.
    """
    chosen = models.Conversation.filter(id=conversation_id).select_related("organization", "team", "patient")
    conversation = await chosen.get()
    organization, patient = conversation.organization, conversation.patient
    ring = await keys.of(organization.id)
    born = who.opened(ring, patient, "birth_date")
    return transcripts.Content(
        conversation=conversation.id,
        clinic=public_name(organization, patient) if for_patient else organization.name,
        clinic_phone=people.phone_display(organization.phone) if organization.phone[:1] == "+" else organization.phone,
        zone=organization.zone,
        team=conversation.team.name,
        patient=who.name_of(ring, patient),
        date_of_birth=date.fromisoformat(born) if born and not proxy else None,
        mrn=None if proxy else who.opened(ring, patient, "mrn") or None,
        messages=await _messages(ring, conversation, for_patient=for_patient, proxy=proxy),
        events=[] if for_patient else await _events(conversation.id, organization.zone),
    )


async def _events(conversation: UUID, zone: str) -> list[transcripts.Event]:
    return [
        transcripts.Event(
            number=each.number,
            at=each.at,
            local=transcripts.clock(each.at, zone),
            kind=each.kind,
            by=each.by.name if each.by else None,
            to=each.to.name if each.to else None,
            until=each.until,
            why=each.why,
            words=each.words,
            line=event_words.line_of(each, zone),
        )
        for each in await events.all_of(conversation)
    ]


async def _messages(
    ring: Keyring, conversation: models.Conversation, *, for_patient: bool, proxy: UUID | None
) -> list[transcripts.Message]:
    found: list[transcripts.Message] = []
    accepted = await _accepted(conversation.patient_id)
    last = 0
    while page := await _page(conversation.id, last, proxy):
        beside = await _beside(page, accepted, for_patient=for_patient)
        found += [_message(ring, row, conversation, beside) for row in page]
        last = page[-1].number
    return found


async def _page(conversation: UUID, after: int, proxy: UUID | None) -> list[models.Message]:
    chosen = models.Message.filter(conversation_id=conversation, number__gt=after)
    if proxy:
        chosen = await proxies.visible_to(proxy, chosen)
    return await chosen.order_by("number").limit(PAGE).select_related("user", "patient", "proxy")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the words of a page of messages."""

    deliveries: dict[UUID, list[models.Delivery]]
    receipts: dict[UUID, list[models.Receipt]]
    files: dict[UUID, list[models.File]]
    links: dict[UUID, models.PortalLink]
    accepted: dict[UUID, datetime]
    for_patient: bool


async def _accepted(patient: UUID) -> dict[UUID, datetime]:
    """When a carrier took each text and mail to the patient for the first time, by its reference."""
    entries = models.AuditEntry.filter(patient_id=patient, did=Did.DELIVERY_SENT).order_by("-at")
    return dict(await entries.values_list("about_id", "at"))


async def _beside(page: Sequence[models.Message], accepted: dict[UUID, datetime], *, for_patient: bool) -> _Beside:
    ids = [message.id for message in page]
    deliveries = await models.Delivery.filter(message_id__in=ids).order_by("created_at", "id")
    receipts = (
        await models.Receipt.filter(message_id__in=ids).order_by("created_at", "id").select_related("patient", "proxy")
    )
    files = await models.File.filter(message_id__in=ids).order_by("created_at", "id")
    links = await _links({row.link_id for row in deliveries if row.link_id})
    return _Beside(
        deliveries=_by_message(deliveries),
        receipts=_by_message(receipts),
        files=_by_message(files),
        links=links,
        accepted=accepted,
        for_patient=for_patient,
    )


async def _links(ids: Collection[UUID]) -> dict[UUID, models.PortalLink]:
    return {link.id: link for link in await models.PortalLink.filter(id__in=list(ids))} if ids else {}


def _by_message(rows: Sequence[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        if row.message_id:
            found.setdefault(row.message_id, []).append(row)
    return found


def _message(
    ring: Keyring, row: models.Message, conversation: models.Conversation, beside: _Beside
) -> transcripts.Message:
    author = row.user.name if row.user else proxies.reader_or_writer(ring, row, conversation.patient)
    return transcripts.Message(
        number=row.number,
        at=row.created_at,
        local=transcripts.clock(row.created_at, conversation.organization.zone),
        sender=transcripts.Person("staff" if row.user else "proxy" if row.proxy else "patient", author),
        via=row.via.value,
        body=None if row.recalled_at else thread.body_of(ring, row),
        taken_back_at=row.recalled_at,
        files=[] if row.recalled_at else [_file(ring, each) for each in beside.files.get(row.id, [])],
        notices=[_notice(each, beside) for each in beside.deliveries.get(row.id, [])],
        viewed=[
            transcripts.Viewed(proxies.reader_or_writer(ring, each, conversation.patient), each.created_at)
            for each in beside.receipts.get(row.id, [])
        ],
        sent_at=row.sent_at,
    )


def _file(ring: Keyring, row: models.File) -> transcripts.File:
    name = ring.open("file", "name", row.id, row.name_sealed) if row.name_sealed else None
    return transcripts.File(name=name, media_type=row.media_type, size=row.size, state=row.state.value)


def _notice(row: models.Delivery, beside: _Beside) -> transcripts.Notice:
    link = beside.links.get(row.link_id) if row.link_id else None
    return transcripts.Notice(
        by="email" if row.carries is Carries.NOTICE_EMAIL else "text",
        purpose=row.purpose.value,
        state=row.state.value,
        accepted_at=beside.accepted.get(row.ref),
        delivered_at=row.changed_at if row.state is State.DELIVERED else None,
        pressed_at=link.pressed_at if link else None,
        confirmed_at=link.confirmed_at if link else None,
        reason=None if beside.for_patient else row.reason,
    )
