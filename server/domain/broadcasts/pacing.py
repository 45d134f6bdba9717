"""How many recipients may be posted now: as many as the number and the carrier take soon, and never all that they take.

The backlog of a broadcast waits in its recipients and not among the letters, so whatever one person writes to another
finds the way free.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from server import clock
from server.db import sql
from server.models import Broadcast
from server.queries import numbers

EVERY = timedelta(seconds=2)
SHARE = 0.75
"""Of what carriers take from a number in a minute; the rest is for what people write meanwhile."""
A_SECOND = 15
"""Of the thirty requests a second that the carrier takes of us in all (`sending/rates.py`)."""
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Bite:
    """Take so many, and look again after so long."""

    many: int
    rest: timedelta = EVERY


_BACKLOG = """
SELECT
  (SELECT COUNT(*) FROM "delivery" d WHERE d.phone_number_id = ? AND d.state = 'waiting' AND d.next_at <= ?
     AND d.purpose = 'broadcast') AS texts,
  (SELECT COUNT(*) FROM "delivery" d WHERE d.organization_id = ? AND d.carries = 'notice_email'
     AND d.state = 'waiting' AND d.next_at <= ? AND d.purpose = 'broadcast') AS mails,
  (SELECT COUNT(*) FROM "delivery" d WHERE d.phone_number_id = ? AND d.taken_at > ?) AS lately
"""


async def bite(row: Broadcast) -> Bite:
    """How much of a broadcast may be posted now."""
    number = await numbers.of_team(row.team_id)
    number_id, a_minute = (number.id, number.per_minute) if number else (None, 60 * A_SECOND)
    waiting, lately = await _backlog(row, number_id)
    seconds = EVERY.total_seconds()
    share = max(1, int(a_minute * SHARE))
    steady = max(1, int(min(share / 60, A_SECOND) * seconds))
    free = 0 if waiting >= steady else max(0, min(steady, share - lately - waiting))
    return _slower(free, row.per_hour) if row.per_hour else Bite(free)


def _slower(free: int, per_hour: int) -> Bite:
    """At the pace that somebody chose: one at a time where that is less than one in two seconds."""
    seconds = EVERY.total_seconds()
    many = max(1, int(per_hour * seconds / HOUR))
    rest = timedelta(seconds=max(seconds, many * HOUR / per_hour))
    return Bite(many, rest) if free >= many else Bite(free)


async def _backlog(row: Broadcast, number: UUID | None) -> tuple[int, int]:
    now = clock.now()
    stored, minute_ago = sql.as_time(now), sql.as_time(now - timedelta(minutes=1))
    values = [number, stored, row.organization_id, stored, number, minute_ago]
    [found] = await sql.fetch(_BACKLOG, values)
    return int(str(found["texts"])) + int(str(found["mails"])), int(str(found["lately"]))
