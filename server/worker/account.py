"""Our account with one carrier: where it is in trouble, every other send would end the same way."""

import time

import structlog

from server.gateways.outcome import Outcome

log = structlog.get_logger()

PAUSE_SECONDS = 30.0


class Account:
    """Pauses after an outcome that is about us and not about the address. `pace` multiplies the pause."""

    def __init__(self, name: str, *, pace: float) -> None:
        self._name = name
        self._pause = PAUSE_SECONDS * pace
        self._until = 0.0

    @property
    def is_paused(self) -> bool:
        """Whether nothing should be sent by it now."""
        return time.monotonic() < self._until

    def note(self, outcome: Outcome) -> None:
        """Begin a pause where the outcome asks for one, and say so loudly."""
        if outcome.is_account_trouble:
            self._until = time.monotonic() + self._pause
            log.error("account.paused", name=self._name, code=outcome.code, seconds=self._pause)
