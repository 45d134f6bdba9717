"""What can be let go wrong in a demo, and the clock that can be put forward: real faults of the real processes."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

import msgspec

from server import clock, models
from server.demo import clocked
from server.demo.home import HOURS
from server.demo.radio import State

FORWARD = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
FARTHEST = timedelta(days=60)


class Act(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody pressed. `on` is for what lasts until it is pressed again."""

    act: Literal["carrier", "worker", "slow", "gone", "hour", "day"]
    on: bool = True


class Standing(msgspec.Struct):
    """What is out of order now, and how many hours the clock is ahead."""

    carrier: bool
    worker: bool
    signal: State
    hours: float


def anew_file(folder: Path) -> Path:
    """It asks for a demo from the beginning, and holds the secret of the way into that (`run.py` looks)."""
    return folder / "anew"


def worker_file(folder: Path) -> Path:
    """While it is there, the worker is held (`run.py` looks)."""
    return folder / "worker-held"


def hold_worker(folder: Path, *, on: bool) -> None:
    """Let the worker stand still, as if its computer hung, or go on."""
    if on:
        worker_file(folder).touch()
    else:
        worker_file(folder).unlink(missing_ok=True)


async def put_forward(folder: Path, by: timedelta) -> None:
    """Let time pass. Who is signed in at the demo stays it: their sessions are renewed before the clock moves."""
    wanted = min(clocked.ahead(folder) + by, FARTHEST)
    then = clock.now() - clocked.ahead(folder) + wanted
    living = models.StaffSession.filter(ended_at=None, complete=True)
    await living.update(seen_at=then, ends_at=then + timedelta(hours=HOURS))
    clocked.put(folder, wanted)
