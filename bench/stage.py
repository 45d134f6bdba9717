"""Everything that is measured, running side by side."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from bench import clinic, ground, load, parts
from bench.peers import ours, tutorial

IDLE = 0.02
"""CPU seconds in a quarter of a second below which a server is at rest."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Both sides, and what they stand on."""

    ours: ours.Ours
    tutorial: tutorial.Tutorial
    database: parts.Database

    def rest(self, *, seconds: float = 20) -> None:
        """Wait until both are at rest: what the last run left must not bleed into the next."""
        until, before = time.monotonic() + seconds, self._spent()
        while time.monotonic() < until:
            time.sleep(0.25)
            now = self._spent()
            if now - before < IDLE:
                return
            before = now

    def _spent(self) -> float:
        return sum(load.spent(peer.pids["server"]) for peer in (self.ours, self.tutorial))


@contextmanager
def opened(kind: str, *, sockets: int, more: Mapping[str, str]) -> Iterator[Stage]:
    """Start everything for so many sockets; `more` are settings of our server, such as `PROCESSES`."""
    load.build()
    with ground.laid(kind, more) as here:
        made = asyncio.run(clinic.prepare(here.quiet, sockets=sockets))
        with ours.running(here, made) as us, tutorial.running(here.redis_url, here.redis_pid) as them:
            yield Stage(us, them, here.database)
