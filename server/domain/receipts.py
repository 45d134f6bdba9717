"""This patient, or this proxy of theirs, viewed this message: the first time, by our clock. It never moves nor goes.

Each viewer has a receipt of their own, and it ends reminders to nobody else: that a mother has read a message does not
say that her son has. Staff are asked to call only about what nobody has viewed who may (`ladders`).
"""

from collections.abc import Collection
from uuid import UUID

from server import access, audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import answers, identity, outbox
from server.domain.sending import turning
from server.models import Via
from server.queries import proxies

SECURE = (Via.SECURE_SMS, Via.SECURE_EMAIL)
"""Plain SMS is read outside the portal, where nobody can say that it was seen."""


async def mark_viewed(numbers: Collection[int], *, by: access.PortalPatient) -> list[UUID]:
    """The page's script saw these messages on screen; the ids of those viewed for the first time.

    Numbers of the patient's own messages, of plain SMS, of what was taken back, and of nothing at all are passed over:
    a page may report all that it shows.

    :raises Refusal: `signed_out`
    """
    async with transaction() as tx:
        await identity.must_hold(by)
        return await _mark(tx, numbers, by=by)


async def mark_shown(newest: int, *, by: access.PortalPatient) -> list[UUID]:
    """The person pressed a button and gets a page with this many of the newest messages.

    Counts only where no script reports better.

    :raises Refusal: `signed_out`
    """
    async with transaction() as tx:
        session = await identity.must_hold(by)
        if session.scripted:
            return []
        conversation = await models.Conversation.get(id=by.conversation)
        last = conversation.last_number
        return await _mark(tx, range(max(1, last - newest + 1), last + 1), by=by)


async def _mark(tx: Transaction, numbers: Collection[int], *, by: access.PortalPatient) -> list[UUID]:
    if not await _unseen(numbers, by=by):
        return []
    conversation = await models.Conversation.select_for_update(no_key=True).get(id=by.conversation)
    # While we waited for the lock another tab may have reported them, or staff taken them back.
    fresh = await _unseen(numbers, by=by)
    if not fresh:
        return []
    conversation.rev += 1
    for message in fresh:
        await _receipt(message, conversation.rev, by=by)
    if conversation.trouble:
        conversation.trouble = await turning.trouble_of(conversation)
    await conversation.save(update_fields=["rev", "trouble"])
    await answers.less_is_unread(conversation)
    ids = [message.id for message in fresh]
    await outbox.of_conversation("message.viewed", conversation, ids)
    fact = facts.MessageViewed(conversation=conversation.id, messages=ids)
    tx.record(fact, conversation.team_id, conversation.patient_id)
    return ids


async def _unseen(numbers: Collection[int], *, by: access.PortalPatient) -> list[models.Message]:
    """Those of these messages that this viewer may see and has not."""
    chosen = models.Message.filter(
        conversation_id=by.conversation,
        number__in=list(numbers),
        user_id__isnull=False,
        via__in=SECURE,
        recalled_at=None,
    )
    if by.proxy:
        chosen = await proxies.visible_to(by.proxy, chosen)
    found = await chosen.order_by("number")
    theirs = models.Receipt.filter(message_id__in=[each.id for each in found], viewer_id=by.viewer)
    seen = set(await theirs.values_list("message_id", flat=True)) if found else set()
    return [each for each in found if each.id not in seen]


async def _receipt(message: models.Message, rev: int, *, by: access.PortalPatient) -> None:
    message.rev = rev
    await message.save(update_fields=["rev"])
    device = audit.acting.get().device
    await models.Receipt.create(
        id=tokens.new_id(),
        message_id=message.id,
        patient_id=by.patient,
        proxy_id=by.proxy,
        viewer_id=by.viewer,
        session_id=by.session,
        device=device,
        created_at=clock.now(),
    )
    data: dict[str, object] = {"conversation": message.conversation_id, "device": device, "proxy": by.proxy}
    await audit.enter(Did.MESSAGE_VIEWED, organization=by.organization, about=message.id, patient=by.patient, data=data)
