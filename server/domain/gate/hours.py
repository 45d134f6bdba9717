"""The night of a patient, in which nothing goes out by itself: pure rules."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def rests_until(now: datetime, zone: ZoneInfo, *, begins: int, ends: int) -> datetime | None:
    """The end of the quiet hours that `now` lies in, or None by day; `begins` and `ends` are hours of the zone's clock.

    An end that the clock skips in spring is the moment after the gap; one that it shows twice in autumn is the first.
    """
    local, ends = now.astimezone(zone), ends % 24
    if not _is_quiet(local.hour, begins, ends):
        return None
    day = local.date() if local.hour < ends else local.date() + timedelta(days=1)
    # The wall clock is made an instant by way of UTC: adding hours to a local time would miss the change of the clocks.
    return datetime.combine(day, time(ends), tzinfo=zone).astimezone(UTC)


def _is_quiet(hour: int, begins: int, ends: int) -> bool:
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends
