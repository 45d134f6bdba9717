"""A worker takes a broadcast to its end, a bite at a time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q

from server import audit, clock, models
from server.audit import Did
from server.db import sql, transaction
from server.domain import jobs, recalls
from server.domain.broadcasts import checking, pacing, posting
from server.domain.broadcasts.going import KIND
from server.domain.broadcasts.writing import enter, tell
from server.domain.jobs import Job
from server.domain.sending import turning, withdrawing
from server.errors import Refusal
from server.models import Broadcast, BroadcastRecipient, BroadcastState, RecipientState

BEFORE = (BroadcastState.COUNTING, BroadcastState.SCHEDULED)
STOPPED = "broadcast_stopped"
TIDIED_AT_ONCE = 20
SOON = timedelta(milliseconds=50)

__all__ = ["KIND", "carry"]


async def carry(job: Job) -> None:
    """Do what the broadcast's state asks for, in the name of who let it go; then the job waits, or is done."""
    row = await Broadcast.filter(id=job.subject).first()
    if row is None:
        return await jobs.finish(job)
    actor = audit.acting.set(audit.Actor("staff", row.submitted_by_id or row.user_id))
    try:
        again = await _step(row)
    finally:
        audit.acting.reset(actor)
    return await (jobs.put_off(job, again) if again else jobs.finish(job))


async def _step(row: Broadcast) -> datetime | None:
    """When to look again; None: never."""
    if row.state in BEFORE:
        return await _begin(row.id)
    if row.state is BroadcastState.RUNNING:
        return await _bite(row)
    if row.state is BroadcastState.STOPPED:
        return await _tidy(row)
    return None


async def _begin(broadcast: UUID) -> datetime | None:
    async with transaction() as tx:
        row = await _locked(broadcast, *BEFORE)
        if row is None:
            return None
        if row.due_at and row.due_at > clock.now():
            return row.due_at
        row.state, row.began_at = BroadcastState.RUNNING, clock.now()
        row.rev += 1
        await row.save(update_fields=["state", "began_at", "rev"])
        tell(tx, row)
        return clock.now()


async def _bite(row: Broadcast) -> datetime | None:
    if not await models.Membership.filter(team_id=row.team_id, user__active=True).exists():
        await _halt(row.id, "nobody")
        return None
    bite, now = await pacing.bite(row), clock.now()
    waiting = BroadcastRecipient.filter(broadcast_id=row.id, state=RecipientState.WAITING)
    due = await waiting.filter(Q(next_at=None) | Q(next_at__lte=now)).order_by("number").limit(bite.many or 1)
    if not due:
        return await _next(row.id)
    try:
        await _post_all(row, await checking.texts_of(row), due[: bite.many])
    except posting.Halt as halt:
        await _halt(row.id, halt.why)
        return None
    if bite.many:
        async with transaction() as tx:
            tell(tx, row)
    return now + bite.rest


async def _post_all(row: Broadcast, texts: Mapping[str, str], due: list[BroadcastRecipient]) -> None:
    """Somebody may pause it between two of them."""
    for recipient in due:
        if not await Broadcast.filter(id=row.id, state=BroadcastState.RUNNING).exists():
            return
        await posting.post(row, texts, recipient)


async def _next(broadcast: UUID) -> datetime | None:
    """When somebody who waits is due; where nobody waits any more, it is over."""
    async with transaction() as tx:
        row = await _locked(broadcast, BroadcastState.RUNNING)
        if row is None:
            return None
        waiting = BroadcastRecipient.filter(broadcast_id=row.id, state=RecipientState.WAITING)
        if first := await waiting.order_by("next_at").first():
            return max(first.next_at or clock.now(), clock.now() + SOON)
        row.state, row.ended_at = BroadcastState.FINISHED, clock.now()
        row.rev += 1
        await row.save(update_fields=["state", "ended_at", "rev"])
        tell(tx, row)
        await enter(Did.BROADCAST_FINISHED, row)
        return None


async def _halt(broadcast: UUID, why: str) -> None:
    """It pauses by itself, until a person has seen to what is in the way."""
    async with transaction() as tx:
        row = await _locked(broadcast, BroadcastState.RUNNING)
        if row:
            row.state, row.why = BroadcastState.PAUSED, why
            row.rev += 1
            await row.save(update_fields=["state", "why", "rev"])
            tell(tx, row)
            await enter(Did.BROADCAST_PAUSED, row, why=why)


_UNSENT = """
SELECT r.id AS recipient, r.message_id, d.conversation_id FROM "broadcast_recipient" r
JOIN "delivery" d ON d.message_id = r.message_id
WHERE r.broadcast_id = ? AND r.state = 'posted' AND d.state = 'waiting' LIMIT ?
"""


async def _tidy(row: Broadcast) -> datetime | None:
    """Take back what was posted and has not left."""
    unsent = await sql.fetch(_UNSENT, [row.id, TIDIED_AT_ONCE])
    for each in unsent:
        await _take_back(
            row, sql.as_id(each["recipient"]), sql.as_id(each["message_id"]), sql.as_id(each["conversation_id"])
        )
    if not unsent:
        return None
    async with transaction() as tx:
        tell(tx, row)
    return clock.now()


async def _take_back(row: Broadcast, recipient: UUID, message_id: UUID, conversation_id: UUID) -> None:
    async with transaction() as tx:
        conversation = await turning.locked(conversation_id)
        message = await models.Message.get(id=message_id)
        try:
            if message.recalled_at is None:
                await recalls.take_back(tx, conversation, message, by=row.ended_by_id)
            await BroadcastRecipient.filter(id=recipient).update(state=RecipientState.STOPPED, why=STOPPED)
        except Refusal:
            # A try of it may be out, or the patient has read it: it stays, and only its letter goes no more.
            await withdrawing.withdraw([message.id], STOPPED)
            await turning.tell(tx, conversation, [message.id])


async def _locked(broadcast: UUID, *states: BroadcastState) -> Broadcast | None:
    return await Broadcast.filter(id=broadcast, state__in=list(states)).select_for_update(no_key=True).first()
