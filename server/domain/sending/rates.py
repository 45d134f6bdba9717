"""How many texts may leave now: so many a second by our key, so many a minute from each number, over all workers.

Counted inside a claim, under the lock of the account's row, from when each was taken (`taken_at`). What one person
writes to another comes first by its due time; whatever sends to many must keep below these rates to leave it room.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from server import clock
from server.db import sql
from server.domain.sending.finding import Sender

PER_SECOND = 30
"""Vonage takes 30 API requests a second by one key; what is more it answers 429 (developer.vonage.com, Throughput)."""

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
CLOCKS_DIFFER = timedelta(minutes=1)
"""By how much at most another machine's clock may be ahead."""


@dataclass(slots=True)
class Room:
    """How many texts may still be taken in all, and how many each number has sent in the last minute."""

    total: int
    sent: dict[UUID, int] = field(default_factory=dict)

    def is_free(self, sender: Sender) -> bool:
        """Whether this number may send one more; a clinic's mails have no such limit."""
        return not sender.per_minute or self.sent.get(sender.id, 0) < sender.per_minute

    def take(self, sender: Sender) -> bool:
        """Take one from this number; False where there is no room."""
        if self.total <= 0 or not self.is_free(sender):
            return False
        self.total -= 1
        self.sent[sender.id] = self.sent.get(sender.id, 0) + 1
        return True


# The texts of the last minute by number: how many, and how many of them in the last second.
_LATELY = """
SELECT d.phone_number_id AS number, COUNT(*) AS sent,
  SUM(CASE WHEN d.taken_at > ? THEN 1 ELSE 0 END) AS just_now
FROM "delivery" d
WHERE d.taken_at > ? AND d.taken_at <= ? AND d.id = d.ref AND d.carries IN ('text', 'notice_sms')
GROUP BY d.phone_number_id
"""


async def room(most: int) -> Room:
    """Room for `most` texts at the most."""
    now = clock.now()
    rows = await sql.fetch(_LATELY, [sql.as_time(at) for at in (now - SECOND, now - MINUTE, now + CLOCKS_DIFFER)])
    sent = {sql.as_id(row["number"]): int(str(row["sent"])) for row in rows if row["number"]}
    just_now = sum(int(str(row["just_now"])) for row in rows) + await _errands()
    return Room(max(0, min(most, PER_SECOND - just_now)), sent)


async def room_for_errands(most: int) -> int:
    """Room for `most` errands, each of which may be a text."""
    return (await room(most)).total


async def _errands() -> int:
    """What the portal asked to be sent in the last second; whether it went by mail is not asked."""
    now = clock.now()
    rows = await sql.fetch(
        'SELECT COUNT(*) AS "n" FROM "work" WHERE "taken_at" > ? AND "taken_at" <= ?',
        [sql.as_time(now - SECOND), sql.as_time(now + CLOCKS_DIFFER)],
    )
    return int(str(rows[0]["n"]))
