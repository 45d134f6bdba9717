"""Our server with made-up clinics of given sizes, for scenarios that ask it as browsers do."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench import ground, parts
from bench.inbox import crowd
from bench.inbox.crowd import Clinic
from server import boot
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
    with ground.laid(kind) as here:
        clinics = asyncio.run(_filled(here.quiet, sizes))
        with ground.serving(here):
            yield Served(here.base, clinics, here.database, here.quiet)


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
