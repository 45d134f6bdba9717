"""Times on a clinic's wall clock, as moments."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def instant(day: date, time: str, zone: ZoneInfo, *, fold: Literal[0, 1]) -> datetime:
    """When the clinic's clock shows this time, in UTC. Of a time that comes twice `fold` says which; one that the
    clock jumps over is the moment of the jump.
    """
    wall = datetime.combine(day, datetime.min.time()) + minutes(time) * MINUTE
    at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    # PEP 495: in a gap, fold=1 reads the clock of after the jump, and so names an instant before it.
    at = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        at += MINUTE
    return at


def minutes(time: str) -> int:
    """`08:30` in minutes since midnight."""
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute)
