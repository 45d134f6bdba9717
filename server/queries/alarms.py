"""What looks like somebody is using a clinic to send texts to strangers, for whoever runs the service to look at.

Fraud sends to ranges of numbers that follow each other, or all at once (SMS pumping). Numbers are opened
in memory only, and nothing of them is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from server import clock, keys, vault
from server.audit import Did
from server.db import sql

IN_A_ROW, LATELY = 10, timedelta(minutes=10)
MANY_REFUSALS = 20
TIMES, FEWEST, HOUR, WEEK = 5, 50, timedelta(hours=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Alarm:
    """`consecutive`: texts to numbers that follow each other. `spike`: far more texts than in an hour of last week.
    `refusals`: many calls without a right to in an hour, which are of no clinic.
    """

    kind: str
    organization: UUID | None


async def found() -> list[Alarm]:
    """Every clinic that looks odd now."""
    rows = await _texts_since(LATELY, fewest=IN_A_ROW)
    consecutive = [organization for organization, _ in rows if await _has_a_row(organization)]
    busy = await _texts_since(HOUR, fewest=FEWEST)
    spikes = [organization for organization, count in busy if count > TIMES * await _hourly_mean(organization)]
    refusals = [Alarm("refusals", None)] if await _many_are_refused() else []
    return [
        *(Alarm("consecutive", each) for each in consecutive),
        *(Alarm("spike", each) for each in spikes),
        *refusals,
    ]


async def _many_are_refused() -> bool:
    """Whether somebody tries the carrier's door in this hour, or the carrier signs with a key that is not ours."""
    refused = 'SELECT COUNT(*) AS n FROM "audit_entry" WHERE organization_id IS NULL AND at > ? AND did = ?'
    [row] = await sql.fetch(refused, [sql.as_time(clock.now() - HOUR), Did.WEBHOOK_REFUSED.value])
    return int(str(row["n"])) >= MANY_REFUSALS


def longest_row(numbers: Iterable[int]) -> int:
    """The most of these that follow each other without a gap."""
    there, longest = set(numbers), 0
    for number in there:
        if number - 1 not in there:
            last = number
            while last + 1 in there:
                last += 1
            longest = max(longest, last - number + 1)
    return longest


_SINCE = """
SELECT d.organization_id AS id, COUNT(*) AS n FROM "delivery" d
WHERE d.taken_at > ? AND d.id = d.ref AND d.carries IN ('text', 'notice_sms')
GROUP BY d.organization_id HAVING COUNT(*) >= ?
"""


async def _texts_since(ago: timedelta, *, fewest: int) -> list[tuple[UUID, int]]:
    rows = await sql.fetch(_SINCE, [sql.as_time(clock.now() - ago), fewest])
    return [(sql.as_id(row["id"]), int(str(row["n"]))) for row in rows]


_NUMBERS = """
SELECT id, to_index, to_sealed FROM "delivery"
WHERE taken_at > ? AND id = ref AND carries IN ('text', 'notice_sms') AND organization_id = ?
"""


async def _has_a_row(organization: UUID) -> bool:
    try:
        ring = await keys.of(organization)
    except vault.Unreadable:
        # Its keys were destroyed since.
        return False
    rows = await sql.fetch(_NUMBERS, [sql.as_time(clock.now() - LATELY), organization])
    # One of each: a patient who got several texts is opened once.
    opened = (_number(ring, row) for row in {row["to_index"]: row for row in rows}.values())
    return longest_row(number for number in opened if number) >= IN_A_ROW


def _number(ring: vault.Keyring, row: dict[str, object]) -> int | None:
    sealed = row["to_sealed"]
    if not isinstance(sealed, bytes):
        return None
    try:
        return int(ring.open("delivery", "to", sql.as_id(row["id"]), sealed).removeprefix("+"))
    except (vault.Unreadable, ValueError):
        return None


_MEAN = """
SELECT COUNT(*) AS n FROM "delivery" d
WHERE d.taken_at > ? AND d.taken_at <= ? AND d.id = d.ref AND d.carries IN ('text', 'notice_sms')
  AND d.organization_id = ?
"""


async def _hourly_mean(organization: UUID) -> float:
    """Texts in an hour, over the seven days before this hour."""
    until: datetime = clock.now() - HOUR
    [row] = await sql.fetch(_MEAN, [sql.as_time(until - WEEK), sql.as_time(until), organization])
    return int(str(row["n"])) / (WEEK / HOUR)
