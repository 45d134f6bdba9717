"""A broadcast is let go, waits for a second person or its time, is paused, and stopped."""

from datetime import datetime, timedelta
from uuid import UUID

from server import access, clock, errors, keys, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import jobs, private_words
from server.domain.broadcasts.writing import enter, locked, tell
from server.errors import Kind, Refusal
from server.models import Broadcast, BroadcastRecipient, BroadcastState, BroadcastWay, RecipientState
from server.queries import audiences, broadcasts

KIND = "broadcast"
COUNTS = timedelta(seconds=60)
"""So long nothing goes after somebody let it go, and it can be taken back."""
CHECK_HOLDS = timedelta(hours=24)
LONGEST = timedelta(days=365)
MOST_AN_HOUR = 20_000
NOT_GONE = (BroadcastState.AWAITING, BroadcastState.COUNTING, BroadcastState.SCHEDULED)
UNDER_WAY = (BroadcastState.RUNNING, BroadcastState.PAUSED)


async def submit(
    broadcast_id: UUID,
    rev: int,
    *,
    by: access.Staff,
    at: datetime | None = None,
    per_hour: int | None = None,
    is_sure: bool = False,
) -> Broadcast:
    """Let it go as it was checked, in this person's name: in a minute, or at a time. To many, once a second person of
    the team has approved it; to no more than `per_hour` patients an hour, if the team could not answer more.
    `is_sure`: the writer saw that the words of plain texts look private.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`, `not_checked`, `nobody_to_reach`, `looks_private`,
        `not_in_future`, `wrong_length`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.DRAFT, by=by)
        _must_be_checked(row, rev)
        await _may_be_read_by_others(row, is_sure=is_sure)
        _must_be_soon(at)
        row.per_hour = _pace(per_hour)
        reached = await BroadcastRecipient.filter(broadcast_id=row.id, state=RecipientState.WAITING).count()
        if not reached:
            sentence = "Everybody is left out. Look at the reasons, and choose other patients or another way."
            raise Refusal(Kind.CONFLICT, "nobody_to_reach", sentence)
        row.submitted_by_id, row.due_at, row.approved_by_id, row.approved_at = by.user, at, None, None
        organization = await models.Organization.get(id=row.organization_id)
        if reached > organization.broadcast_alone:
            row.state = BroadcastState.AWAITING
        else:
            await _count_down(row)
        await _turned(tx, row, Did.BROADCAST_SUBMITTED, reached=reached)
        return row


async def approve(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """A second person who reads the team's inbox lets it go.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.AWAITING, by=by, or_observer=True)
        if by.user in (row.user_id, row.submitted_by_id):
            sentence = "Whoever wrote or sent a broadcast cannot approve it. Ask a colleague."
            raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
        row.approved_by_id, row.approved_at = by.user, clock.now()
        await _count_down(row)
        await _turned(tx, row, Did.BROADCAST_APPROVED)
        return row


async def cancel(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """Take it back before anything has gone: it is being written again.

    :raises Refusal: `unknown`, `moved_on`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, *NOT_GONE, by=by, or_observer=True)
        await _take_back(tx, row)
        return row


async def pause(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """Post nothing more for now; what was posted goes its way.

    :raises Refusal: `unknown`, `moved_on`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.RUNNING, by=by, or_observer=True)
        row.state = BroadcastState.PAUSED
        await jobs.end(KIND, row.id)
        await _turned(tx, row, Did.BROADCAST_PAUSED)
        return row


async def resume(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """Go on where it paused.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.PAUSED, by=by)
        row.state, row.why = BroadcastState.RUNNING, None
        await jobs.begin(KIND, row.id, at=clock.now())
        await _turned(tx, row, Did.BROADCAST_RESUMED)
        return row


async def stop(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """End it here. Nothing that waits leaves any more, and what was posted and has not left is taken back.

    The gate looks at it just before each letter is written, so this holds from its commit on; a job tidies up.

    :raises Refusal: `unknown`, `moved_on`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, *UNDER_WAY, by=by, or_observer=True)
        await _end(tx, row, by=by.user)
        return row


async def halt(broadcast_id: UUID) -> Broadcast:
    """The operator ends one from outside, whichever of the two that takes: what has gone has gone.

    :raises Refusal: `unknown`, `moved_on`
    """
    async with transaction() as tx:
        row = await Broadcast.filter(id=broadcast_id).select_for_update(no_key=True).first()
        if row is None:
            raise errors.unknown()
        if row.state not in (*NOT_GONE, *UNDER_WAY):
            raise Refusal(Kind.CONFLICT, "moved_on", f"This broadcast is {row.state.value}: there is nothing to end.")
        await (_take_back(tx, row) if row.state in NOT_GONE else _end(tx, row, by=None))
        return row


async def retry(broadcast_id: UUID, *, by: access.Staff) -> Broadcast:
    """Try those once more whom nothing of it reached, by the contact that is on file for them now.

    :raises Refusal: `unknown`, `not_allowed`, `moved_on`, `nothing_to_retry`
    """
    async with transaction() as tx:
        row = await locked(broadcast_id, BroadcastState.FINISHED, by=by)
        failed = await broadcasts.not_reached(row.id)
        if not failed:
            raise Refusal(Kind.CONFLICT, "nothing_to_retry", "Everything arrived, or is still on its way.")
        for some in audiences.in_turn(failed, audiences.AT_ONCE):
            again = BroadcastRecipient.filter(id__in=list(some))
            await again.update(state=RecipientState.WAITING, why=None, next_at=None)
        row.state, row.ended_at = BroadcastState.RUNNING, None
        await jobs.begin(KIND, row.id, at=clock.now())
        await _turned(tx, row, Did.BROADCAST_RETRIED, many=len(failed))
        return row


async def _take_back(tx: Transaction, row: Broadcast) -> None:
    row.state, row.due_at = BroadcastState.DRAFT, None
    await jobs.end(KIND, row.id)
    await _turned(tx, row, Did.BROADCAST_CANCELLED)


async def _end(tx: Transaction, row: Broadcast, *, by: UUID | None) -> None:
    row.state, row.why, row.ended_at, row.ended_by_id = BroadcastState.STOPPED, None, clock.now(), by
    waiting = BroadcastRecipient.filter(broadcast_id=row.id, state=RecipientState.WAITING)
    stopped = await waiting.update(state=RecipientState.STOPPED)
    await jobs.end(KIND, row.id)
    await jobs.begin(KIND, row.id, at=clock.now())
    await _turned(tx, row, Did.BROADCAST_STOPPED, stopped=stopped)


async def _count_down(row: Broadcast) -> None:
    soonest = clock.now() + COUNTS
    is_later = row.due_at is not None and row.due_at > soonest
    row.state = BroadcastState.SCHEDULED if is_later else BroadcastState.COUNTING
    row.due_at = row.due_at if is_later else soonest
    await jobs.begin(KIND, row.id, at=row.due_at or soonest)


async def _turned(tx: Transaction, row: Broadcast, did: Did, **data: object) -> None:
    row.rev += 1
    await row.save()
    tell(tx, row)
    await enter(did, row, **data)


def _must_be_checked(row: Broadcast, rev: int) -> None:
    if row.checked_at is None or row.checked_at <= clock.now() - CHECK_HOLDS:
        raise Refusal(Kind.CONFLICT, "not_checked", "Check first whom this reaches and who is left out.")
    if row.rev != rev:
        raise Refusal(Kind.CONFLICT, "moved_on", "Somebody has changed this broadcast. Look at it again.")


async def _may_be_read_by_others(row: Broadcast, *, is_sure: bool) -> None:
    if row.way is not BroadcastWay.SMS or is_sure:
        return
    said = broadcasts.bodies_of(row, await keys.of(row.organization_id))
    clinic = private_words.of_clinic(await models.Organization.get(id=row.organization_id))
    nobody, today = private_words.Own(), clock.now().date()
    found = {
        code for text in said.values() for code in private_words.found(text, own=nobody, today=today, clinic=clinic)
    }
    if found:
        sentence = "This looks private, and others can read a plain text. Send it securely, or say that it is fine."
        raise Refusal(Kind.CONFLICT, "looks_private", sentence, extra={"found": sorted(found)})


def _pace(per_hour: int | None) -> int | None:
    if per_hour is not None and not 1 <= per_hour <= MOST_AN_HOUR:
        raise Refusal(Kind.INVALID, "wrong_length", f"Choose a pace from 1 to {MOST_AN_HOUR:,} patients an hour.")
    return per_hour


def _must_be_soon(at: datetime | None) -> None:
    if at is None:
        return
    now = clock.now()
    if at <= now:
        raise Refusal(Kind.INVALID, "not_in_future", "That time has passed. Choose a later one, or send it now.")
    if at > now + LONGEST:
        raise Refusal(Kind.INVALID, "not_in_future", "That is too far away. Choose a time within a year.")
