"""One recipient at a time: the message, its delivery and the recipient's new state are one transaction.

So a worker that dies leaves each recipient either waiting or posted, and nobody is written to twice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from server import clock, models, vault
from server.db import Transaction, transaction
from server.domain import conversations, deliveries, jobs, messages
from server.domain.broadcasts import weighing
from server.domain.messages import Draft
from server.domain.sending import turning
from server.errors import Kind, Refusal
from server.models import Broadcast, BroadcastRecipient, Purpose, RecipientState, State, Via

log = structlog.get_logger()

OURS = frozenset({"no_plan", "no_number", "number_pending", "number_blocked"})
"""What stands in everybody's way: the broadcast pauses, and nobody is left out for it."""


class Halt(Exception):
    """Nobody can be posted to now, for the reason of this code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def post(row: Broadcast, texts: Mapping[str, str], recipient: BroadcastRecipient) -> None:
    """Post to one recipient through the gate as it is now, unless it was stopped or another worker has posted.

    :raises Halt: as above
    """
    try:
        await _post(row, texts, recipient)
    except jobs.NotYet as wait:
        await _put_off(recipient, wait.until)
    except Refusal as no:
        await _refused(recipient, no)
    except vault.Unreadable:
        await _leave(recipient, RecipientState.FAILED, "unreadable")


async def _post(row: Broadcast, texts: Mapping[str, str], recipient: BroadcastRecipient) -> None:
    async with transaction() as tx:
        patient = await models.Patient.get(id=recipient.patient_id)
        current, _ = await conversations.current(tx, patient, row.team_id, is_open=False)
        conversation = await turning.locked(current.id)
        if row.is_news:
            # Two teams' news to one patient come one after the other, so that the second counts the first.
            await models.Patient.filter(id=patient.id).select_for_update(no_key=True).get()
        if not await _take(recipient):
            return
        if recipient.message_id:
            await _post_again(tx, row, recipient, conversation)
            return
        if patient.merged_into_id:
            raise Refusal(Kind.CONFLICT, "merged", "This entry was merged into another one.")
        if _contact(patient, recipient.via) != recipient.contact_index:
            raise Refusal(Kind.CONFLICT, "contact_changed", "The contact on file is another one by now.")
        draft = Draft(
            key=f"broadcast:{recipient.id}",
            via=recipient.via,
            text=texts[recipient.language],
            is_sure=True,
            broadcast=row.id,
        )
        author = row.submitted_by_id or row.user_id
        message, out = await messages.send(tx, conversation, draft, author=author, path=weighing.path_of(row))
        _must_not_wait(out[0])
        await BroadcastRecipient.filter(id=recipient.id).update(message_id=message.id)


async def _post_again(
    tx: Transaction, row: Broadcast, recipient: BroadcastRecipient, conversation: models.Conversation
) -> None:
    """A person asked for another try of what did not arrive: the same message, with another delivery."""
    message = await models.Message.get(id=recipient.message_id)
    failed = models.Delivery.filter(message_id=message.id, state=State.FAILED)
    await failed.update(retried=True)
    order = deliveries.Order(
        path=weighing.path_of(row),
        purpose=Purpose.BROADCAST,
        carries=(weighing.CARRIES[recipient.via],),
        is_sure=True,
        broadcast=row.id,
    )
    out = await deliveries.arrange(conversation, message, order)
    _must_not_wait(out[0])
    await turning.tell(tx, conversation, [message.id])


async def _take(recipient: BroadcastRecipient) -> bool:
    """Whether it still waited: who stops the broadcast and who posts change the same row, so one of them is later."""
    mine = BroadcastRecipient.filter(id=recipient.id, state=RecipientState.WAITING)
    return bool(await mine.update(state=RecipientState.POSTED, why=None, next_at=None))


def _contact(patient: models.Patient, via: Via) -> str | None:
    return patient.email_index if via is Via.SECURE_EMAIL else patient.phone_index


def _must_not_wait(delivery: models.Delivery) -> None:
    """For the morning it waits here, where it can be stopped; for a phone that was asked a question, as a letter."""
    if delivery.reason == "quiet_hours":
        raise jobs.NotYet(delivery.next_at)
    if delivery.reason == "maybe_opt_out":
        raise Refusal(Kind.CONFLICT, "maybe_opt_out", "Somebody must say whether the patient wants no more texts.")


async def _put_off(recipient: BroadcastRecipient, until: datetime) -> None:
    await BroadcastRecipient.filter(id=recipient.id, state=RecipientState.WAITING).update(next_at=until)


async def _refused(recipient: BroadcastRecipient, no: Refusal) -> None:
    why = str(no.extra.get("why") or no.code)[:40]
    if no.kind is Kind.TOO_MANY:
        return await _put_off(recipient, clock.now() + timedelta(seconds=no.retry_after or 60))
    if why in OURS:
        raise Halt(why)
    return await _leave(recipient, RecipientState.LEFT_OUT, why)


async def _leave(recipient: BroadcastRecipient, state: RecipientState, why: str) -> None:
    log.info("broadcast.not_posted", recipient=str(recipient.id), why=why)
    await BroadcastRecipient.filter(id=recipient.id, state=RecipientState.WAITING).update(state=state, why=why)
