"""The only clock. Everything that asks for the time asks here, so that a test can move it."""

from datetime import UTC, datetime, timedelta

_shift = timedelta()


def now() -> datetime:
    """The time in UTC, to the microsecond."""
    return datetime.now(UTC) + _shift


def shift(by: timedelta) -> None:
    """Move this process's clock by so much from the true time; tests and the demo's *clock +1 day* use it."""
    global _shift
    _shift = by
