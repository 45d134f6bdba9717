"""The messages of a conversation, as staff and as the patient see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from server import devices, keys, models, people, reasons, urgent_words
from server.queries import broadcasts, family_views, file_views, proxies, reach, views
from server.queries import files as attached
from server.queries import people as who
from server.vault import Keyring

PAGE = 50
_BESIDE = ("user", "conversation__patient", "proxy")
RETRIABLE = (models.State.FAILED, models.State.UNCERTAIN)
SECURE = (models.Via.SECURE_SMS, models.Via.SECURE_EMAIL)
UNENCRYPTED = (models.Via.SMS, models.Via.EMAIL)


async def page(conversation: UUID, before: int | None) -> tuple[list[views.Message], int | None]:
    """One page of messages, oldest first, and the number to ask the page before it with."""
    found, older = await found_on(conversation, before)
    return await as_staff_see(found), older


async def found_on(conversation: UUID, before: int | None) -> tuple[list[models.Message], int | None]:
    """The rows of that page, with their user, patient and proxy."""
    chosen = models.Message.filter(conversation_id=conversation)
    if before is not None:
        chosen = chosen.filter(number__lt=before)
    found = await chosen.order_by("-number").limit(PAGE + 1).select_related("user", "patient", "proxy")
    older = found[PAGE - 1].number if len(found) > PAGE else None
    return found[:PAGE][::-1], older


async def messages(ids: Collection[UUID]) -> dict[UUID, views.Message]:
    """These messages, as staff see them; three queries however many."""
    found = await models.Message.filter(id__in=list(ids)).select_related("user", "patient", "proxy")
    return {message.id: message for message in await as_staff_see(found)}


async def after(conversation: UUID, number: int) -> list[views.Message]:
    """What was written after a number: what a writer has missed."""
    found = await models.Message.filter(conversation_id=conversation, number__gt=number).order_by("number")
    return list((await messages([message.id for message in found])).values())


async def portal_messages(ids: Collection[UUID], *, proxy: UUID | None) -> dict[UUID, views.PortalMessage]:
    """These messages, as their patient sees them, or this proxy of theirs, by what they may see now."""
    chosen = models.Message.filter(id__in=list(ids))
    if proxy:
        chosen = await proxies.visible_to(proxy, chosen)
    found = await chosen.select_related(*_BESIDE)
    return dict(zip([message.id for message in found], await _as_they_see(found, proxy), strict=True))


async def portal_page(
    conversation: UUID, before: int | None = None, *, proxy: UUID | None
) -> tuple[list[views.PortalMessage], int | None]:
    """A page of a patient's conversation, oldest first, as the patient sees it, or this proxy, and the number to ask
    the page before it with.
    """
    chosen = models.Message.filter(conversation_id=conversation, recalled_at=None)
    if before is not None:
        chosen = chosen.filter(number__lt=before)
    if proxy:
        chosen = await proxies.visible_to(proxy, chosen)
    found = await chosen.order_by("-number").limit(PAGE + 1).select_related(*_BESIDE)
    older = found[PAGE - 1].number if len(found) > PAGE else None
    return await _as_they_see(found[:PAGE][::-1], proxy), older


def body_of(ring: Keyring, message: models.Message) -> str:
    """The words of a message."""
    return ring.open("message", "body", message.id, message.body_sealed)


async def as_staff_see(found: Sequence[models.Message]) -> list[views.Message]:
    """These messages, which were read with their user, patient and proxy, as staff see them."""
    ids = [message.id for message in found if message.user_id]
    beside = _Beside(
        deliveries=_by_message(await _deliveries(ids) if ids else []),
        receipts=_by_message(await _receipts(ids) if ids else []),
        files=await attached.of([message.id for message in found], with_views=True),
        broadcasts=await broadcasts.refs({message.broadcast_id for message in found if message.broadcast_id}),
        recallers=await _names([message.recalled_by_id for message in found if message.recalled_by_id]),
    )
    return [await _staff_view(message, beside) for message in found]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the words of a batch of messages."""

    deliveries: dict[UUID, list[models.Delivery]]
    receipts: dict[UUID, list[models.Receipt]]
    files: dict[UUID, list[file_views.File]]
    recallers: dict[UUID, str]
    broadcasts: dict[UUID, views.BroadcastRef]


class _OfMessage(Protocol):
    message_id: UUID


Row = TypeVar("Row", bound=_OfMessage)


def _by_message(rows: Sequence[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.message_id, []).append(row)
    return found


async def _names(users: Collection[UUID]) -> dict[UUID, str]:
    return dict(await models.User.filter(id__in=list(users)).values_list("id", "name")) if users else {}


async def _deliveries(message_ids: Collection[UUID]) -> list[models.Delivery]:
    return await models.Delivery.filter(message_id__in=list(message_ids)).order_by("created_at", "id")


async def _receipts(message_ids: Collection[UUID]) -> list[models.Receipt]:
    rows = models.Receipt.filter(message_id__in=list(message_ids)).order_by("created_at")
    return await rows.select_related("patient", "proxy")


async def _staff_view(message: models.Message, beside: _Beside) -> views.Message:
    ring = await keys.of(await _organization(message))
    deliveries = beside.deliveries.get(message.id, [])
    receipts = beside.receipts.get(message.id, [])
    files = beside.files.get(message.id, [])
    is_viewed = bool(receipts) or any(file.viewed_at or file.looks for file in files)
    return views.Message(
        id=message.id,
        conversation=message.conversation_id,
        number=message.number,
        rev=message.rev,
        key=message.key,
        sender=await _person(message),
        via=message.via.value,
        body=body_of(ring, message),
        at=message.created_at,
        delivery=_delivery(counts, message) if (counts := reach.furthest(deliveries)) else None,
        deliveries=[_delivery(row, message) for row in deliveries],
        receipts=[_receipt(ring, receipt) for receipt in receipts],
        files=files,
        recalled=_recalled(message, beside.recallers),
        undo_until=_undo_until(message, deliveries),
        can_recall=message.via in SECURE and message.user_id is not None and not message.recalled_at and not is_viewed,
        unencrypted=message.via in UNENCRYPTED,
        patient_only=message.patient_only,
        sent_at=message.sent_at,
        broadcast=beside.broadcasts.get(message.broadcast_id or message.id),
    )


def _recalled(message: models.Message, names: dict[UUID, str]) -> views.Recalled | None:
    if message.recalled_at is None:
        return None
    return views.Recalled(at=message.recalled_at, by=names.get(message.recalled_by_id or message.id, ""))


def _undo_until(message: models.Message, deliveries: Sequence[models.Delivery]) -> datetime | None:
    """While every delivery still waits for its undo to run out, nothing has left the house."""
    if message.recalled_at or not deliveries:
        return None
    are_waiting = all(row.state is models.State.WAITING and row.reason == "undo" for row in deliveries)
    return min(row.next_at for row in deliveries) if are_waiting else None


async def _organization(message: models.Message) -> UUID:
    author = message.user or message.patient
    if author is None:
        raise ValueError("a message has an author")
    return author.organization_id


async def _person(message: models.Message) -> family_views.Person:
    if message.user:
        name = message.user.name
        return family_views.Person(kind="staff", id=message.user.id, name=name, initials=people.initials(name))
    if message.patient is None:
        raise ValueError("a message has an author")
    row = await who.row_patient(message.patient)
    if message.proxy is None:
        return family_views.Person(kind="patient", id=row.id, name=row.name, initials=row.initials)
    ring = await keys.of(message.patient.organization_id)
    name = proxies.name_of(ring, message.proxy)
    said = proxies.as_staff_say(ring, message.proxy, message.patient)
    return family_views.Person(
        kind="patient", id=message.proxy.id, name=said, initials=people.initials(name), proxy=message.proxy.id
    )


def _written_by(ring: Keyring, message: models.Message) -> str:
    """The name that the others of a family, and the patient, are shown."""
    if message.user:
        return message.user.name
    return proxies.reader_or_writer(ring, message, message.conversation.patient)


def _delivery(row: models.Delivery, message: models.Message) -> views.Delivery:
    said = reasons.of(row.reason)
    return views.Delivery(
        id=row.id,
        by="email" if row.carries is models.Carries.NOTICE_EMAIL else "text",
        purpose=row.purpose.value,
        state=row.state.value,
        reason=row.reason,
        words=said.words if said else None,
        next=said.next.value if said else None,
        at=row.changed_at,
        due_at=row.next_at if row.state is models.State.WAITING else None,
        can_retry=row.state in RETRIABLE and not row.retried and message.recalled_at is None,
    )


def _receipt(ring: Keyring, row: models.Receipt) -> family_views.Receipt:
    name = proxies.reader_or_writer(ring, row, row.patient)
    return family_views.Receipt(
        patient=row.patient.id,
        name=name,
        initials=people.initials(name),
        at=row.created_at,
        device=devices.words(row.device),
        proxy=row.proxy.id if row.proxy else None,
        relation=row.proxy.relation.value if row.proxy else None,
    )


async def _as_they_see(found: Sequence[models.Message], proxy: UUID | None) -> list[views.PortalMessage]:
    viewed = await _viewed_by(proxy, found)
    came = await attached.of([message.id for message in found if not message.recalled_at])
    return [await _portal_view(message, proxy, message.id in viewed, came.get(message.id, [])) for message in found]


async def _viewed_by(proxy: UUID | None, found: Sequence[models.Message]) -> set[UUID]:
    by_staff = [message.id for message in found if message.user_id]
    if not by_staff:
        return set()
    theirs = models.Receipt.filter(message_id__in=by_staff, proxy_id=proxy)
    return {message for (message,) in await theirs.values_list("message_id")}


async def _portal_view(
    message: models.Message, proxy: UUID | None, is_viewed: bool, came: list[file_views.File]
) -> views.PortalMessage:
    ring = await keys.of(message.conversation.organization_id)
    is_own = not message.user and message.proxy_id == proxy
    body = "" if message.recalled_at else body_of(ring, message)
    return views.PortalMessage(
        number=message.number,
        sender="care" if message.user else "you" if is_own else "family",
        who="" if is_own else _written_by(ring, message),
        body=body,
        at=message.created_at,
        key=message.key if is_own else None,
        viewed=is_viewed,
        unencrypted=message.via in UNENCRYPTED,
        gone=message.recalled_at is not None,
        private=message.patient_only,
        files=came,
        care_read=message.user is None and message.number <= message.conversation.care_read,
        urgent=is_own and bool(urgent_words.found(body)),
    )
