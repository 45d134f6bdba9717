"""Our server with made-up clinics of given sizes, for scenarios that ask it as browsers do."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import parts
from bench.inbox import crowd
from bench.inbox.crowd import Clinic
from bench.peers import ours
from server import boot, settings
from server.migrate import run as migrations
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Served:
    """Where it listens, which clinics it has, and what it stands on."""

    base: str
    clinics: list[Clinic]
    database: parts.Database
    settings: Settings


@contextmanager
def served(kind: str, sizes: Sequence[int]) -> Iterator[Served]:
    """One web process on a database of this kind, while the block runs."""
    parts.BUILD.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        database = stack.enter_context(parts.database(kind, folder))
        redis_url, _ = stack.enter_context(parts.redis_server(folder))
        listener = stack.enter_context(parts.listener())
        port = int(listener.getsockname()[1])
        environment = ours.settings_of(database.url, redis_url, port, folder)
        quiet = settings.load({**environment, "BLOOMTEXT_LOG_LEVEL": "error"})
        clinics = asyncio.run(_filled(quiet, sizes))
        words = ["-m", "server", "serve", "--fd", str(listener.fileno())]
        log = parts.BUILD / "server.log"
        process = stack.enter_context(parts.program(words, environment, log, fds=[listener.fileno()]))
        base = f"http://127.0.0.1:{port}"
        parts.wait_for("our server", lambda: parts.answers(f"{base}/healthz"), process)
        yield Served(base, clinics, database, quiet)


async def _filled(quiet: Settings, sizes: Sequence[int]) -> list[Clinic]:
    began = time.monotonic()
    await migrations.migrate(quiet.database_url)
    floor = boot.Floor(quiet)
    await floor.start()
    try:
        clinics = [await crowd.fill(size) for size in sizes]
        await crowd.settle(quiet.database_url)
    finally:
        await floor.stop()
    told = " and ".join(f"{size:,}" for size in sizes)
    print(f"clinics of {told} conversations are there after {time.monotonic() - began:.0f} s")
    return clinics
