"""What an attempt came to takes effect."""

from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import F

from server import clock, models
from server.db import Transaction, transaction
from server.domain.sending import states, turning, withdrawing
from server.domain.sending.claiming import Claimed
from server.domain.sending.finding import Lane
from server.domain.sending.states import Fate
from server.models import State


async def settle(claimed: Claimed, fate: Fate, *, pace: float = 1.0, counts: bool = True) -> None:
    """Settle one attempt. `pace` multiplies the wait before the next one.

    A worker whose lease ended, or whose delivery a report has settled meanwhile, changes nothing; only that the carrier
    has it is always worth knowing. An uncertain mail may be repeated: its Message-ID stays the same. A text never.
    One that does not count (`accounts.note`) waits for the account, which says when it may go, and loses no try.
    """
    async with transaction() as tx:
        conversation = await turning.locked(claimed.conversation)
        rows = await turning.of_ref(claimed.ref)
        mine = [row for row in rows if row.claim == claimed.claim and row.state is State.SENDING]
        if fate.kind == "accepted":
            await turning.forward(tx, conversation, rows, State.SENT, carrier_ref=fate.carrier_ref)
        elif mine and states.may_repeat(fate, is_mail=claimed.lane is Lane.MAILS) and not counts:
            await _wait_uncounted(tx, conversation, mine, states.held_by(fate), clock.now())
        elif mine:
            await _settle_trouble(tx, conversation, mine, claimed.lane, fate, pace)


async def put_off(claimed: Claimed, *, until: datetime, reason: str) -> None:
    """Give a letter back that must not go yet: it waits until then, and has lost no try."""
    async with transaction() as tx:
        conversation = await turning.locked(claimed.conversation)
        rows = await turning.of_ref(claimed.ref)
        mine = [row for row in rows if row.claim == claimed.claim and row.state is State.SENDING]
        if mine:
            await _wait_uncounted(tx, conversation, mine, reason, until)


async def _wait_uncounted(
    tx: Transaction,
    conversation: models.Conversation,
    rows: Sequence[models.Delivery],
    reason: str,
    next_at: datetime,
) -> None:
    await models.Delivery.filter(id__in=[row.id for row in rows]).update(attempts=F("attempts") - 1)
    await turning.turn(tx, conversation, rows, State.WAITING, reason, next_at=next_at)


async def _settle_trouble(
    tx: Transaction,
    conversation: models.Conversation,
    rows: Sequence[models.Delivery],
    lane: Lane,
    fate: Fate,
    pace: float,
) -> None:
    if fate.reason == withdrawing.TAKEN_BACK:
        return await _take_back(tx, conversation, rows)
    if fate.reason == withdrawing.VIEWED:
        return await turning.turn(tx, conversation, rows, State.CANCELLED, fate.reason)
    is_mail, tries = lane is Lane.MAILS, rows[0].attempts
    if states.may_repeat(fate, is_mail=is_mail) and tries < states.MOST_TRIES:
        wait = states.wait_before_next(tries, is_mail=is_mail, retry_after=fate.retry_after, pace=pace)
        await turning.turn(tx, conversation, rows, State.WAITING, fate.reason, next_at=clock.now() + wait)
    elif fate.kind == "uncertain":
        await turning.turn(tx, conversation, rows, State.UNCERTAIN, fate.reason)
    else:
        await turning.turn(tx, conversation, rows, State.FAILED, fate.reason)
    return None


async def _take_back(tx: Transaction, conversation: models.Conversation, rows: Sequence[models.Delivery]) -> None:
    """Nothing was posted. What joined the letter meanwhile, and was not taken back, waits for the next try."""
    await turning.turn(tx, conversation, rows, State.WAITING, next_at=clock.now())
    messages = [row.message_id for row in rows]
    gone = models.Message.filter(id__in=messages, recalled_at__not_isnull=True)
    await withdrawing.withdraw([message.id for message in await gone])
