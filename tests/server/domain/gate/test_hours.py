"""When a patient's night ends, also where the clocks change in it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain.gate.hours import rests_until

CHICAGO, SANTIAGO = "America/Chicago", "America/Santiago"


@pytest.mark.parametrize(
    ("now", "zone", "begins", "ends", "until"),
    [
        # By day, and at the edges of the night.
        ("2026-11-24T18:00", CHICAGO, 20, 8, None),
        ("2026-11-25T01:59", CHICAGO, 20, 8, None),
        ("2026-11-25T02:00", CHICAGO, 20, 8, "2026-11-25T14:00"),
        ("2026-11-25T13:59", CHICAGO, 20, 8, "2026-11-25T14:00"),
        ("2026-11-25T14:00", CHICAGO, 20, 8, None),
        # The night in which an hour comes twice is an hour longer; the one in which it is missing, shorter.
        ("2026-11-01T03:00", CHICAGO, 20, 8, "2026-11-01T14:00"),
        ("2027-03-14T03:00", CHICAGO, 20, 8, "2027-03-14T13:00"),
        # It ends at 1:00, which comes twice: the first one counts, and the second is day.
        ("2026-11-01T05:30", CHICAGO, 20, 1, "2026-11-01T06:00"),
        ("2026-11-01T07:10", CHICAGO, 20, 1, None),
        # It ends at 2:00, which is skipped: what the clock shows then is 3:00.
        ("2027-03-14T07:30", CHICAGO, 20, 2, "2027-03-14T08:00"),
        ("2027-03-14T08:00", CHICAGO, 20, 2, None),
        # It ends at midnight, which does not exist on this day in Chile.
        ("2026-09-06T03:30", SANTIAGO, 22, 0, "2026-09-06T04:00"),
        ("2026-09-06T03:30", SANTIAGO, 22, 24, "2026-09-06T04:00"),
        ("2026-09-06T04:00", SANTIAGO, 22, 0, None),
        # A rest within one day, and none at all.
        ("2026-11-24T18:30", CHICAGO, 12, 13, "2026-11-24T19:00"),
        ("2026-11-24T19:00", CHICAGO, 12, 13, None),
        ("2026-11-25T05:00", CHICAGO, 8, 8, None),
    ],
)
def test_the_night_ends(now: str, zone: str, begins: int, ends: int, until: str | None) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    found = rests_until(at, ZoneInfo(zone), begins=begins, ends=ends)

    assert found == (datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)


@pytest.mark.parametrize("zone", [CHICAGO, SANTIAGO, "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu"])
def test_every_end_lies_ahead_and_is_day(zone: str) -> None:
    at, year = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    while at < year:
        if until := rests_until(at, ZoneInfo(zone), begins=20, ends=8):
            assert at < until <= at + timedelta(hours=14)
            assert rests_until(until, ZoneInfo(zone), begins=20, ends=8) is None
        at += timedelta(minutes=37)
