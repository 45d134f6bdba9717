"""Trouble with the whole account, whatever the number: on request, or because too much is posted at once."""

import random
import time
from dataclasses import dataclass

from server.simulator.faults import Answer

ANY: tuple[Answer, ...] = ("unavailable", "throttled", "cut", "lost", "silence", "auth")
"""What `any` chooses from, a different one for each post."""


@dataclass(slots=True)
class Trouble:
    """How posts are answered instead: each with this probability (`share`); `any` takes each of `ANY` as likely."""

    answer: str | None = None
    share: float = 1.0

    def draw(self) -> Answer | None:
        """What this post meets."""
        if self.answer is None or random.random() >= self.share:  # noqa: S311 - spreads faults, guards nothing
            return None
        if self.answer == "any":
            return random.choice(ANY)  # noqa: S311 - the same
        return next(known for known in ANY if known == self.answer)


class Rate:
    """The carrier's limit by key: a bucket that holds a second's worth and fills up all the time; 0 has no end."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._left = float(per_second)
        self._at = time.monotonic()

    def take(self) -> bool:
        """Whether this post is within the limit."""
        if not self._per_second:
            return True
        now = time.monotonic()
        self._left = min(self._per_second, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
