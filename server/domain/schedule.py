"""When the steps of the ladder are due."""

from datetime import datetime, timedelta
from enum import IntEnum


class Step(IntEnum):
    """What happens while a secure message stays unread, in this order."""

    FIRST_REMINDER = 0
    SECOND_REMINDER = 1
    OTHER_WAY = 2
    CALL = 3


AFTER = {
    Step.FIRST_REMINDER: timedelta(hours=24),
    Step.SECOND_REMINDER: timedelta(hours=72),
    Step.OTHER_WAY: timedelta(hours=74),
    Step.CALL: timedelta(hours=76),
}
"""Counted from the oldest unread message. These are hours, not days: a clock that changes in between moves nothing."""

APART = timedelta(hours=2)
"""However late a step was (quiet hours, a worker that was away), the next one comes no sooner after it."""

PACE = 1.0
"""Multiplies all these waits."""


def use_pace(pace: float) -> None:
    """Take from the settings what multiplies the waits; `boot` calls this."""
    global PACE
    PACE = pace


def due_at(step: Step, *, since: datetime, last_at: datetime | None = None) -> datetime:
    """When a step is due: `since` the oldest message, `last_at` the step before."""
    planned = since + AFTER[step] * PACE
    return max(planned, apart(last_at)) if last_at else planned


def apart(last_at: datetime) -> datetime:
    """When the next step may come after one that came then."""
    return last_at + APART * PACE
