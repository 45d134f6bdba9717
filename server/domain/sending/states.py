"""In which order a delivery's states follow, and how long to wait between tries: pure rules."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from server.models import State

MOST_TRIES = 8
CARRIER_DOES_NOT_KNOW = "unknown"
"""The reason of an `uncertain` that the carrier itself reported as its last word."""

TEXT_WAIT, LONGEST_TEXT_WAIT = 2.0, 120.0
MAIL_WAIT, LONGEST_MAIL_WAIT = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one attempt. `reason` is a code that never changes, `retry_after` is in seconds.

    `accepted`: the carrier has it. `refused`: it never will. `retry`: it surely has not got it, and may be asked again.
    `uncertain`: nobody knows.
    """

    kind: Literal["accepted", "refused", "retry", "uncertain"]
    reason: str | None = None
    carrier_ref: str | None = None
    retry_after: float | None = None


def may_repeat(fate: Fate, *, is_mail: bool) -> bool:
    """Whether it may be posted again: the carrier surely has not got it, or a second copy does no harm."""
    return fate.kind == "retry" or (fate.kind == "uncertain" and is_mail)


def held_by(fate: Fate) -> str:
    """The reason of one that waits for the account: it goes out by itself."""
    return "throttled" if fate.reason == "throttled" else "outage"


def rank(state: State, reason: str | None) -> int:
    """How much is known; a delivery only moves to a higher rank by what carriers say.

    What *we* do not know is settled by anything the carrier says; what *it* does not know stays until it knows better.
    A delivery that arrived is not made to fail by a late or contradicting report, and one that was cancelled is over.
    """
    if state is State.UNCERTAIN and reason == CARRIER_DOES_NOT_KNOW:
        return 4
    return {
        State.WAITING: 0,
        State.SENDING: 1,
        State.UNCERTAIN: 2,
        State.SENT: 3,
        State.FAILED: 5,
        State.DELIVERED: 6,
        State.CANCELLED: 7,
    }[state]


def wait_before_next(tries: int, *, is_mail: bool, retry_after: float | None, pace: float) -> timedelta:
    """Doubling with full jitter, never before the carrier's `Retry-After`; `pace` multiplies every wait.

    A mail waits a minute at least: greylisting servers refuse whoever comes back sooner (RFC 6647 §5).
    """
    first, longest = (MAIL_WAIT, LONGEST_MAIL_WAIT) if is_mail else (TEXT_WAIT, LONGEST_TEXT_WAIT)
    ceiling = min(first * 2 ** (tries - 1), longest)
    jittered = random.uniform(0, ceiling)  # noqa: S311 - spreads load, guards nothing
    return timedelta(seconds=pace * max(jittered + (first if is_mail else 0), retry_after or 0))
