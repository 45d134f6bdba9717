"""A worker takes what is due, under a lease, and makes sure that it still holds it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from server import clock, models, tokens
from server.db import Transaction, sql, transaction
from server.domain import accounts
from server.domain.sending import finding, rates, turning
from server.domain.sending.finding import Due, Lane

LEASE = timedelta(seconds=60)
POST_TAKES = timedelta(seconds=35)
"""Longer than any attempt of the texts' gateway (three of its time-outs of ten seconds)."""

MAIL_LEASE = timedelta(seconds=120)
FENCE_HOLDS = timedelta(seconds=1)
"""For so long after `still_mine` a post may begin. Who records a wish to stop waits as long before acknowledging it."""


LEASES = {Lane.TEXTS: LEASE, Lane.MAILS: MAIL_LEASE}


@dataclass(frozen=True, slots=True)
class Claimed:
    """One letter to carry: `ref` is its name at the carrier, `claim` fences whoever holds it no longer.

    `due_at` is when it should have gone. `is_trial`: the account is in trouble, and this one is sent to see. `is_calm`:
    nothing was wrong with the account, so that all went well need not be noted.
    """

    ref: UUID
    claim: UUID
    lane: Lane
    conversation: UUID
    lease_until: datetime
    taken_at: datetime
    due_at: datetime
    is_trial: bool = False
    is_calm: bool = True


async def claim(limit: int, *, lane: Lane) -> list[Claimed]:
    """Take up to `limit` letters that are due, of as many conversations: one is never ahead of an older one.

    Nothing is taken of clinics that may not send now, while the account is in trouble (but one to see), or beyond the
    rates of `rates.py`; it goes on when it may. What a colleague's transaction holds is skipped, not waited for.
    """
    if not await finding.senders(lane):
        return []
    async with transaction() as tx:
        account = await accounts.locked(lane)
        due = await _fitting(lane, accounts.most_to_take(account, limit))
        taken = await _take(tx, due, lane, account) if due else []
        if taken and account.state != "closed":
            await accounts.begin_trial(account)
        return taken


_NUMBER = 'SELECT CAST(d.phone_number_id AS text) AS name FROM "delivery" d WHERE d.id = ?'
_FENCE = """
UPDATE "delivery" SET "fenced_at" = ?
WHERE "id" = ? AND "claim" = ? AND "state" = 'sending' AND NOT EXISTS (
  SELECT 1 FROM "suppression" s WHERE s.contact_index = "delivery"."to_index"
    AND s.sender_id = COALESCE("delivery"."phone_number_id", "delivery"."organization_id"))
RETURNING "id"
"""


async def still_mine(claimed: Claimed) -> bool:
    """Put up the fence before a post: whether the lease still holds, with time enough for one attempt, and the patient
    still wants it. Asked as the last thing before posting; the post must then begin within `FENCE_HOLDS`.

    The number is held meanwhile, together with whoever else is about to post from it. So a wish to stop is either seen
    here, or waits until the fence is there to be seen by who records it and answers no sooner than the post has begun
    (`fences.until_quiet`).

    What remains is a worker stopped between this answer and the first byte on the wire; the gateway looks at the time
    just before that byte. Nothing is posted twice under one `client_ref` even then: a text whose lease ended becomes
    uncertain and is never claimed again. Only a person who meanwhile chose *try again* makes a second one.
    """
    now = clock.now()
    if now + POST_TAKES > claimed.lease_until:
        return False
    async with transaction():
        await sql.hold_together(_NUMBER, [claimed.ref])
        return bool(await sql.fetch(_FENCE, [sql.as_time(now), claimed.ref, claimed.claim]))


async def is_unwanted(claimed: Claimed) -> bool:
    """Whether that was because the patient wants nothing more from this number, or no more mails."""
    row = await models.Delivery.filter(id=claimed.ref).first()
    if row is None or row.to_index is None:
        return False
    sender = row.phone_number_id or row.organization_id
    return await models.Suppression.filter(contact_index=row.to_index, sender_id=sender).exists()


async def _fitting(lane: Lane, most: int) -> list[Due]:
    """What is due and finds room at the rates."""
    if not most:
        return []
    room = await rates.room(most) if lane is Lane.TEXTS else rates.Room(most)
    asked = [sender for sender in await finding.senders(lane) if room.is_free(sender)]
    due = await finding.letters(lane, room.total, of=asked, sent=room.sent)
    return [one for one in due if room.take(one.sender)]


async def _take(tx: Transaction, due: Sequence[Due], lane: Lane, account: models.Account) -> list[Claimed]:
    chosen = models.Conversation.filter(id__in=[one.conversation for one in due]).order_by("id")
    free = {row.id: row for row in await chosen.select_for_update(skip_locked=True, no_key=True)}
    now, name = clock.now(), tokens.new_id()
    # Only claims take what waits, and they wait for each other at the account; but it may have been cancelled or held.
    held = await _hold([one.ref for one in due if one.conversation in free], name, until=now + LEASES[lane])
    await turning.tell_of(tx, [row for row in free.values() if row.id in held], held)
    is_trial, is_calm = account.state != "closed", account.state == "closed" and not account.failures
    return [
        Claimed(one.ref, name, lane, one.conversation, now + LEASES[lane], now, one.at, is_trial, is_calm)
        for one in due
        if one.conversation in held
    ]


_HOLD = """
UPDATE "delivery" SET "state" = 'sending', "claim" = ?, "lease_until" = ?, "attempts" = "attempts" + 1,
  "reason" = NULL, "changed_at" = ?, "taken_at" = ?, "fenced_at" = NULL
WHERE "state" = 'waiting'
  AND "ref" IN (SELECT "id" FROM "delivery" WHERE "id" IN ({refs}) AND "state" = 'waiting' AND "next_at" <= ?)
RETURNING "conversation_id", "message_id"
"""


async def _hold(refs: Sequence[UUID], claim: UUID, *, until: datetime) -> dict[UUID, list[UUID]]:
    """Take these letters, and with them what rides along; the messages of each conversation that they are about."""
    held = defaultdict[UUID, list[UUID]](list)
    if not refs:
        return held
    now = sql.as_time(clock.now())
    values = [claim, sql.as_time(until), now, now, *refs, now]
    for row in await sql.fetch(_HOLD.format(refs=sql.marks(refs)), values):
        held[sql.as_id(row["conversation_id"])].append(sql.as_id(row["message_id"]))
    return held
