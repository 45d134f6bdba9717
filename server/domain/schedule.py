"""When the steps of the ladder are due: a pure rule."""

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


def due_at(step: Step, *, since: datetime, last_at: datetime | None, pace: float = 1.0) -> datetime:
    """When a step is due: `since` the oldest message, `last_at` the step before; `pace` multiplies the waits."""
    planned = since + AFTER[step] * pace
    return max(planned, last_at + APART * pace) if last_at else planned
