"""The messages of a conversation, as staff and as the patient see them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from server import keys, models, people
from server.queries import people as who
from server.queries import views
from server.vault import Keyring

PAGE = 50
RETRIABLE = (models.State.FAILED, models.State.UNCERTAIN)


async def page(conversation: UUID, before: int | None) -> tuple[list[views.Message], int | None]:
    """One page of messages, oldest first, and the number to ask the page before it with."""
    chosen = models.Message.filter(conversation_id=conversation)
    if before is not None:
        chosen = chosen.filter(number__lt=before)
    found = await chosen.order_by("-number").limit(PAGE + 1).select_related("user", "patient")
    older = found[PAGE - 1].number if len(found) > PAGE else None
    return await _as_staff_see(found[:PAGE][::-1]), older


async def messages(ids: Collection[UUID]) -> dict[UUID, views.Message]:
    """These messages, as staff see them; three queries however many."""
    found = await models.Message.filter(id__in=list(ids)).select_related("user", "patient")
    return {message.id: message for message in await _as_staff_see(found)}


async def after(conversation: UUID, number: int) -> list[views.Message]:
    """What was written after a number: what a writer has missed."""
    found = await models.Message.filter(conversation_id=conversation, number__gt=number).order_by("number")
    return list((await messages([message.id for message in found])).values())


async def portal_messages(ids: Collection[UUID]) -> dict[UUID, views.PortalMessage]:
    """These messages, as their patient sees them."""
    found = await models.Message.filter(id__in=list(ids)).select_related("user", "conversation")
    return dict(zip([message.id for message in found], await _as_the_patient_sees(found), strict=True))


async def portal_thread(conversation: UUID, *, newest: int = 200) -> list[views.PortalMessage]:
    """The newest messages of a patient's conversation, oldest first."""
    chosen = models.Message.filter(conversation_id=conversation).order_by("-number").limit(newest)
    return await _as_the_patient_sees((await chosen.select_related("user", "conversation"))[::-1])


async def newest_deliveries(message_ids: Collection[UUID]) -> dict[UUID, models.Delivery]:
    """The delivery that counts of each message: its newest."""
    rows = await models.Delivery.filter(message_id__in=list(message_ids)).order_by("created_at")
    return {row.message_id: row for row in rows}


def body_of(ring: Keyring, message: models.Message) -> str:
    """The words of a message."""
    return ring.open("message", "body", message.id, message.body_sealed)


async def _as_staff_see(found: Sequence[models.Message]) -> list[views.Message]:
    ids = [message.id for message in found if message.user_id]
    deliveries = await newest_deliveries(ids) if ids else {}
    receipts = await _receipts(ids) if ids else {}
    return [await _staff_view(message, deliveries.get(message.id), receipts.get(message.id, [])) for message in found]


async def _receipts(message_ids: Collection[UUID]) -> dict[UUID, list[models.Receipt]]:
    found: dict[UUID, list[models.Receipt]] = {}
    rows = models.Receipt.filter(message_id__in=list(message_ids)).order_by("created_at").select_related("patient")
    for row in await rows:
        found.setdefault(row.message_id, []).append(row)
    return found


async def _staff_view(
    message: models.Message, delivery: models.Delivery | None, receipts: list[models.Receipt]
) -> views.Message:
    sender = await _person(message)
    ring = await keys.of(await _organization(message))
    return views.Message(
        id=message.id,
        conversation=message.conversation_id,
        number=message.number,
        rev=message.rev,
        key=message.key,
        sender=sender,
        via=message.via.value,
        body=body_of(ring, message),
        at=message.created_at,
        delivery=_delivery(delivery) if delivery else None,
        receipts=[_receipt(ring, receipt) for receipt in receipts],
        unencrypted=message.via is models.Via.SMS,
    )


async def _organization(message: models.Message) -> UUID:
    author = message.user or message.patient
    if author is None:
        raise ValueError("a message has an author")
    return author.organization_id


async def _person(message: models.Message) -> views.Person:
    if message.user:
        name = message.user.name
        return views.Person(kind="staff", id=message.user.id, name=name, initials=people.initials(name))
    if message.patient is None:
        raise ValueError("a message has an author")
    row = await who.row_patient(message.patient)
    return views.Person(kind="patient", id=row.id, name=row.name, initials=row.initials)


def _delivery(row: models.Delivery) -> views.Delivery:
    can_retry = row.state in RETRIABLE and not row.retried
    return views.Delivery(id=row.id, state=row.state.value, reason=row.reason, at=row.changed_at, can_retry=can_retry)


def _receipt(ring: Keyring, row: models.Receipt) -> views.Receipt:
    name = who.name_of(ring, row.patient)
    return views.Receipt(patient=row.patient.id, name=name, initials=people.initials(name), at=row.created_at)


async def _as_the_patient_sees(found: Sequence[models.Message]) -> list[views.PortalMessage]:
    viewed = await first_viewed([message.id for message in found if message.user_id])
    return [await _portal_view(message, viewed) for message in found]


async def first_viewed(ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these staff messages was viewed; those that were not are absent."""
    if not ids:
        return {}
    return dict(await models.Receipt.filter(message_id__in=list(ids)).values_list("message_id", "created_at"))


async def _portal_view(message: models.Message, viewed: dict[UUID, datetime]) -> views.PortalMessage:
    ring = await keys.of(message.conversation.organization_id)
    return views.PortalMessage(
        number=message.number,
        sender="care" if message.user else "you",
        who=message.user.name if message.user else "",
        body=body_of(ring, message),
        at=message.created_at,
        key=None if message.user else message.key,
        viewed=message.id in viewed,
    )
