"""Everything that is measured, running side by side."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import clinic, load, parts
from bench.peers import ours, tutorial
from server import settings

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
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        database = stack.enter_context(parts.database(kind, folder))
        redis_url, redis_pid = stack.enter_context(parts.redis_server(folder))
        listener = stack.enter_context(parts.listener())
        port = int(listener.getsockname()[1])
        environment = {**ours.settings_of(database.url, redis_url, port, folder), **more}
        quiet = {**environment, "BLOOMTEXT_LOG_LEVEL": "error"}
        made = asyncio.run(clinic.prepare(settings.load(quiet), sockets=sockets))
        pids = {"redis": redis_pid, **({"postgres": database.pid} if database.pid else {})}
        us = stack.enter_context(ours.running(port, listener.fileno(), environment, made, folder, pids))
        them = stack.enter_context(tutorial.running(redis_url, redis_pid))
        yield Stage(us, them, database)
