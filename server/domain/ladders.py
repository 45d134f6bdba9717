"""A secure message stays unread: a reminder, another one, then the other way, and at last a person who calls.

One job for each conversation. It looks at what is unread *now*, so it needs no word of what happened meanwhile: it ends
when nothing is left to remind of. Each step is one transaction with the job's next date, so that a worker that dies
takes it wholly or not at all. Several unread messages give one reminder, on the newest of them. The steps that remind
the patient remind who acts for them too.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from server import clock, models
from server.db import Transaction, transaction
from server.domain import deliveries, gate, jobs, not_read, proxy_notices, tasks
from server.domain.jobs import Job
from server.domain.schedule import Step, apart, due_at
from server.domain.sending import turning
from server.errors import Kind, Refusal
from server.models import Carries, ConsentTo, Purpose, State
from server.queries import consents, reach, unread

KIND = "ladder"
OTHER = {Carries.NOTICE_SMS: Carries.NOTICE_EMAIL, Carries.NOTICE_EMAIL: Carries.NOTICE_SMS}
REMINDERS = (Step.FIRST_REMINDER, Step.SECOND_REMINDER)
STOPPED = ("opted_out", "mail_opted_out")


class _Climb(msgspec.Struct, frozen=True):
    """What the job remembers: the message that began it, the one it counts from and since when, and its next step."""

    start: int
    about: int | None = None
    since: datetime | None = None
    step: Step = Step.FIRST_REMINDER
    last_at: datetime | None = None


async def begin(conversation: models.Conversation, message: models.Message) -> None:
    """A secure message was posted: watch over it, if nobody watches over this conversation yet."""
    watched = await jobs.open_of(conversation.id, (KIND, not_read.KIND))
    begun = []
    if KIND not in watched:
        at = due_at(Step.FIRST_REMINDER, since=message.created_at)
        begun.append(jobs.new(KIND, conversation.id, at=at, data=_Climb(start=message.number)))
    if not_read.KIND not in watched and conversation.not_read_since is None:
        begun.append(jobs.new(not_read.KIND, conversation.id, at=not_read.over_at(message.created_at)))
    if begun:
        await jobs.begin_all(begun)


async def look_again(conversation: UUID) -> None:
    """Something was viewed or taken back: what is the oldest unread message may have changed."""
    await jobs.hurry(KIND, conversation)


async def end(conversation: UUID) -> None:
    """The patient wrote, or nothing is left to do here."""
    await jobs.end(KIND, conversation)


async def climb(job: Job) -> None:
    """Take the step that is due, or say when the next one is."""
    try:
        async with transaction() as tx:
            conversation = await turning.locked(job.subject)
            if await jobs.still_mine(job):
                await _climb(tx, conversation, job)
    except jobs.NotYet as wait:
        await jobs.put_off(job, wait.until, wait.data)


async def _climb(tx: Transaction, conversation: models.Conversation, job: Job) -> None:
    kept = job.kept(_Climb)
    left = await unread.of(conversation.id, start=kept.start)
    if not left or not conversation.is_open or await _has_died(conversation):
        return await jobs.finish(job)
    now, kept = clock.now(), _counted_from(kept, left[0])
    due = _due(kept)
    if due > now:
        return await jobs.put_off(job, due, kept)
    if kept.step is Step.CALL:
        if unseen := await unread.of_anybody(conversation.id, start=kept.start):
            await tasks.open(tx, conversation, models.TaskKind.CALL_UNREAD, unseen[0].number)
        return await jobs.finish(job)
    if kept.step in REMINDERS:
        await proxy_notices.remind(conversation, left)
    has_gone = await _remind(tx, conversation, left[-1], kept)
    if has_gone is None:
        return await jobs.finish(job)
    following = msgspec.structs.replace(kept, step=Step(kept.step + 1), last_at=now if has_gone else kept.last_at)
    return await jobs.put_off(job, _due(following), following)


async def _has_died(conversation: models.Conversation) -> bool:
    return await models.Patient.filter(id=conversation.patient_id, deceased_at__not_isnull=True).exists()


def _counted_from(kept: _Climb, oldest: models.Message) -> _Climb:
    """The same climb while its message is unread; else one that begins with the message that is the oldest now."""
    if kept.about == oldest.number:
        return kept
    since = max(oldest.created_at, kept.last_at) if kept.last_at else oldest.created_at
    return _Climb(start=kept.start, about=oldest.number, since=since, last_at=kept.last_at)


def _due(kept: _Climb) -> datetime:
    return due_at(kept.step, since=kept.since or clock.now(), last_at=kept.last_at)


async def _remind(
    tx: Transaction, conversation: models.Conversation, message: models.Message, kept: _Climb
) -> bool | None:
    """Whether a notice goes out by this step; None where the patient stopped them, which ends the climb.

    :raises NotYet: the gate holds it, or a notice still waits to go, which this one would only double
    """
    carries = await _way(conversation, message, kept.step)
    if carries is None:
        return False
    if await _is_waiting(conversation, carries):
        raise jobs.NotYet(apart(clock.now()), kept)
    try:
        [row] = await deliveries.arrange(conversation, message, await _order(message, kept.step, carries))
    except Refusal as no:
        return _after(no, kept)
    if row.next_at > clock.now():
        raise jobs.NotYet(row.next_at, kept)
    await turning.tell(tx, conversation, [message.id])
    return True


async def _order(message: models.Message, step: Step, carries: Carries) -> deliveries.Order:
    """A reminder goes where the notice went, also where that contact was chosen for it."""
    if step is Step.OTHER_WAY:
        return deliveries.Order(path=gate.Path.OTHER_WAY, purpose=Purpose.OTHER_WAY, carries=(carries,))
    chosen = await models.Delivery.filter(message_id=message.id, carries=carries, chosen=True).first()
    at = chosen.to_index if chosen else None
    return deliveries.Order(path=gate.Path.REMINDER, purpose=Purpose.REMINDER, carries=(carries,), at=at)


def _after(no: Refusal, kept: _Climb) -> bool | None:
    """The gate refused: a cap passes, a patient who stopped us is left alone, anything else skips the step."""
    if no.kind is Kind.TOO_MANY:
        raise jobs.NotYet(clock.now() + timedelta(seconds=no.retry_after or 3600), kept)
    return None if no.extra.get("why") in STOPPED and kept.step is not Step.OTHER_WAY else False


async def _way(conversation: models.Conversation, message: models.Message, step: Step) -> Carries | None:
    """The way that the notice took; or the other one, if it was not tried yet and the patient allows it."""
    tried = await models.Delivery.filter(message_id=message.id).exclude(state=State.CANCELLED)
    best = reach.furthest(tried)
    same = best.carries if best else deliveries.CARRIES[message.via]
    if step is not Step.OTHER_WAY:
        return same
    other = OTHER[same]
    if other in {row.carries for row in tried}:
        return None
    if other is Carries.NOTICE_EMAIL and not await consents.gives(conversation.patient_id, ConsentTo.EMAIL):
        return None
    return other


async def _is_waiting(conversation: models.Conversation, carries: Carries) -> bool:
    going = (State.WAITING, State.SENDING)
    return await models.Delivery.filter(conversation_id=conversation.id, carries=carries, state__in=going).exists()
