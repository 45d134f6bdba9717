"""A worker takes what is due, under a lease, and makes sure that it still holds it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tortoise.expressions import F

from server import clock, models, tokens
from server.db import sql, transaction
from server.domain.sending import turning
from server.models import Carries, State

LEASE = timedelta(seconds=60)
POST_TAKES = timedelta(seconds=35)
"""Longer than any attempt of the texts' gateway (three of its time-outs of ten seconds)."""

MAIL_LEASE = timedelta(seconds=120)
FENCE_HOLDS = timedelta(seconds=1)
"""For so long after `still_mine` a post may begin. Who records a wish to stop waits as long before acknowledging it."""


class Lane(StrEnum):
    """What is carried side by side and does not wait for the other."""

    TEXTS = "texts"
    MAILS = "mails"


CARRIED = {Lane.TEXTS: (Carries.TEXT, Carries.NOTICE_SMS), Lane.MAILS: (Carries.NOTICE_EMAIL,)}
LEASES = {Lane.TEXTS: LEASE, Lane.MAILS: MAIL_LEASE}


@dataclass(frozen=True, slots=True)
class Claimed:
    """One letter to carry: `ref` is its name at the carrier, `claim` fences whoever holds it no longer."""

    ref: UUID
    claim: UUID
    lane: Lane
    conversation: UUID
    lease_until: datetime


async def claim(limit: int, *, lane: Lane) -> list[Claimed]:
    """Take up to `limit` letters that are due, of as many conversations: one is never ahead of an older one.

    Nothing is taken of clinics that may not send now; it goes on when they may. What a colleague's transaction holds is
    skipped, not waited for.
    """
    candidates = await _due(lane, limit)
    if not candidates:
        return []
    async with transaction() as tx:
        chosen = models.Conversation.filter(id__in=[conversation for _, conversation in candidates]).order_by("id")
        free = {found.id: found for found in await chosen.select_for_update(skip_locked=True, no_key=True)}
        # Asked again under the locks: another worker may have taken them since.
        due = await _due(lane, limit, among=list(free)) if free else []
        taken = []
        for ref, conversation in due:
            mine = Claimed(ref, tokens.new_id(), lane, conversation, clock.now() + LEASES[lane])
            await _hold(mine)
            messages = await models.Delivery.filter(ref=ref, claim=mine.claim).values_list("message_id", flat=True)
            await turning.tell(tx, free[conversation], [sql.as_id(message) for message in messages])
            taken.append(mine)
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


async def _hold(mine: Claimed) -> None:
    await models.Delivery.filter(ref=mine.ref, state=State.WAITING).update(
        state=State.SENDING,
        claim=mine.claim,
        lease_until=mine.lease_until,
        attempts=F("attempts") + 1,
        reason=None,
        changed_at=clock.now(),
        taken_at=clock.now(),
    )


# The same gate as `queries.ways.may_send`, and one older letter of the same lane holds back those behind it; one that
# waits for the day, or for a person, does not.
_DUE = """
SELECT d.id, d.conversation_id FROM "delivery" d JOIN "organization" o ON o.id = d.organization_id
WHERE d.state = 'waiting' AND d.next_at <= ? AND d.id = d.ref AND d.carries IN ({carries}) {among}
  AND (o.plan = 'paid' OR (o.plan = 'trial' AND o.plan_ends_at > ?))
  AND NOT EXISTS (
    SELECT 1 FROM "delivery" e
    WHERE e.conversation_id = d.conversation_id AND e.id = e.ref AND e.carries IN ({carries})
      AND (e.state = 'sending' OR (e.state = 'waiting'
        AND (e.reason IS NULL OR e.reason NOT IN ('recheck', 'quiet_hours', 'maybe_opt_out') OR e.next_at <= d.next_at)
        AND (e.created_at < d.created_at OR (e.created_at = d.created_at AND e.id < d.id)))))
ORDER BY d.next_at LIMIT ?
"""


async def _due(lane: Lane, limit: int, *, among: Collection[UUID] | None = None) -> list[tuple[UUID, UUID]]:
    """The letters and their conversations, the longest due first."""
    kinds = ",".join(f"'{kind}'" for kind in CARRIED[lane])
    only = f"AND d.conversation_id IN ({sql.marks(list(among))})" if among is not None else ""
    now = sql.as_time(clock.now())
    rows = await sql.fetch(_DUE.format(carries=kinds, among=only), [now, *(among or ()), now, limit])
    return [(sql.as_id(row["id"]), sql.as_id(row["conversation_id"])) for row in rows]
