"""Somebody at the desk while something else runs: opens the inbox again and again, and notes how long that took.

`python -m bench.beside ADDRESS TOKEN` prints a line for each time, when it was asked and for how many milliseconds.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import httpx2

from bench import parts
from bench.ground import Ground

EVERY = 0.05
"""Seconds from one answer to the next question."""
PAGE = "/api/v1/inbox?view=needs_reply"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was noted so far."""

    notes: Path

    def between(self, begin: float, end: float) -> str:
        """How long it took in between, in words; times of `time.time()`."""
        lines = [line.split() for line in self.notes.read_text().splitlines() if line.count(" ") == 1]
        took = [float(took) for at, took in lines if begin <= float(at) <= end]
        if len(took) < 10:
            return "too short to tell"
        cuts = quantiles(took, n=100)
        return f"p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms, at most {max(took):.0f} ms, of {len(took)}"


@contextmanager
def asking(ground: Ground, token: str) -> Iterator[Asked]:
    """Ask while the block runs, from a process of its own."""
    notes = ground.folder / "asked"
    with parts.program(["-u", "-m", "bench.beside", ground.base, token], {}, notes):
        yield Asked(notes)


def _ask(base: str, token: str) -> None:
    with httpx2.Client(base_url=base, headers={"Cookie": f"bt_staff={token}"}, timeout=30) as client:
        while True:
            at, began = time.time(), time.perf_counter()
            client.get(PAGE).raise_for_status()
            print(at, round((time.perf_counter() - began) * 1000, 1))
            time.sleep(EVERY)


if __name__ == "__main__":
    _ask(*sys.argv[1:])
