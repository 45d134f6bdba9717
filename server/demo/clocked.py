"""`python -m server.demo.clocked serve …`: a process of the demo, whose clock goes as far ahead as somebody put it.

How far stands in a file of the demo's folder, so that all its processes go alike and a demo that is started again is
not younger than what it holds.
"""

import os
import runpy
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from server import clock

FOLDER = "BLOOM_DEMO_FOLDER"
EVERY = 0.25


def ahead(folder: Path) -> timedelta:
    """How far the demo's clock is ahead of this computer's."""
    try:
        return timedelta(seconds=float((folder / "clock").read_text()))
    except (OSError, ValueError):
        return timedelta()


def put(folder: Path, by: timedelta) -> None:
    """Let it be so far ahead from now on, for all processes."""
    new = folder / "clock.new"
    new.write_text(str(by.total_seconds()))
    new.replace(folder / "clock")
    clock.shift(by)


def follow(folder: Path) -> None:
    """Let this process's clock go as the file says, for ever."""
    while True:
        clock.shift(ahead(folder))
        time.sleep(EVERY)


if __name__ == "__main__":
    where = Path(os.environ.pop(FOLDER))
    clock.shift(ahead(where))
    threading.Thread(target=follow, args=(where,), daemon=True).start()
    sys.argv[0] = "server"
    runpy.run_module("server", run_name="__main__", alter_sys=True)
