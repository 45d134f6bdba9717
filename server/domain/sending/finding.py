"""Which letters are due: asked sender by sender, so that what one of them cannot send now hides nobody else's.

A text's sender is the number it goes from, a mail's the clinic. For each sender one look into an index finds the oldest
that waits, however many there are; only senders with something due are asked for their letters.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server import clock
from server.db import sql
from server.models import Carries


class Lane(StrEnum):
    """What is carried side by side and does not wait for the other."""

    TEXTS = "texts"
    MAILS = "mails"


CARRIED = {Lane.TEXTS: (Carries.TEXT, Carries.NOTICE_SMS), Lane.MAILS: (Carries.NOTICE_EMAIL,)}


@dataclass(frozen=True, slots=True)
class Sender:
    """A number or, in the lane of mails, a clinic that has something due; a number may send so many a minute."""

    id: UUID
    per_minute: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that may be taken: `ref` leads it."""

    ref: UUID
    conversation: UUID
    at: datetime
    sender: Sender


# The same gate as `queries.ways.may_send`.
_MAY_SEND = """(o.plan = 'paid' OR (o.plan = 'trial' AND o.plan_ends_at > ?))"""
_SENDERS = {
    Lane.TEXTS: f"""
SELECT * FROM (
  SELECT n.id, n.per_minute, (
    SELECT d.next_at FROM "delivery" d WHERE d.phone_number_id = n.id AND d.state = 'waiting'
    ORDER BY d.next_at LIMIT 1) AS due_at
  FROM "phone_number" n JOIN "organization" o ON o.id = n.organization_id WHERE {_MAY_SEND}
) s WHERE s.due_at <= ?
""",  # noqa: S608 - our own words
    Lane.MAILS: f"""
SELECT * FROM (
  SELECT o.id, 0 AS per_minute, (
    SELECT d.next_at FROM "delivery" d
    WHERE d.organization_id = o.id AND d.carries = 'notice_email' AND d.state = 'waiting'
    ORDER BY d.next_at LIMIT 1) AS due_at
  FROM "organization" o WHERE {_MAY_SEND}
) s WHERE s.due_at <= ?
""",  # noqa: S608 - our own words
}
_OF = {
    Lane.TEXTS: "d.phone_number_id = ?",
    Lane.MAILS: "d.organization_id = ? AND d.carries = 'notice_email'",
}
# What one person wrote to another goes before any broadcast. One older letter of the same lane holds back those behind
# it in its conversation; one that waits for the day, for a phone to answer or for a person's word does not, nor does a
# broadcast hold back what a person wrote.
_LETTERS = """
SELECT d.id, d.conversation_id, d.next_at FROM "delivery" d
WHERE {of} AND d.state = 'waiting' AND d.next_at <= ? AND d.id = d.ref AND d.carries IN ({carries})
  AND NOT EXISTS (
    SELECT 1 FROM "delivery" e
    WHERE e.conversation_id = d.conversation_id AND e.id = e.ref AND e.carries IN ({carries})
      AND (e.state = 'sending' OR (e.state = 'waiting' AND (e.purpose <> 'broadcast' OR d.purpose = 'broadcast')
        AND (e.reason IS NULL OR e.reason NOT IN ('recheck', 'quiet_hours', 'maybe_opt_out') OR e.next_at <= d.next_at)
        AND (e.created_at < d.created_at OR (e.created_at = d.created_at AND e.id < d.id)))))
ORDER BY CASE WHEN d.purpose = 'broadcast' THEN 1 ELSE 0 END, d.next_at LIMIT ?
"""


async def senders(lane: Lane) -> list[Sender]:
    """Who has something due and may send now, the longest due first."""
    now = sql.as_time(clock.now())
    rows = await sql.fetch(_SENDERS[lane], [now, now])
    found = [
        Sender(sql.as_id(row["id"]), int(str(row["per_minute"])), sql.from_time(row["due_at"]) or clock.now())
        for row in rows
    ]
    return sorted(found, key=lambda sender: sender.due_at)


async def letters(lane: Lane, limit: int, *, of: Collection[Sender], sent: Mapping[UUID, int]) -> list[Due]:
    """Up to `limit` letters of as many conversations: first of those who `sent` least lately, then the longest due.

    So a number that sends to many does not stand in the way of one that answers a patient.
    """
    found: list[Due] = []
    for sender in sorted(of, key=lambda each: (sent.get(each.id, 0), each.due_at)):
        if len(found) >= limit:
            break
        found += await _of_sender(lane, sender, limit - len(found))
    return found


async def _of_sender(lane: Lane, sender: Sender, limit: int) -> list[Due]:
    kinds = ",".join(f"'{kind}'" for kind in CARRIED[lane])
    statement = _LETTERS.format(of=_OF[lane], carries=kinds)
    rows = await sql.fetch(statement, [sender.id, sql.as_time(clock.now()), limit])
    return [
        Due(
            ref=sql.as_id(row["id"]),
            conversation=sql.as_id(row["conversation_id"]),
            at=sql.from_time(row["next_at"]) or clock.now(),
            sender=sender,
        )
        for row in rows
    ]
