"""Several serving processes on one listening socket, and the parent that keeps their number."""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType

from server.launch import listening

log = logging.getLogger("server.launch")

STEADY_SECONDS = 5.0
"""A child that lived this long was well; one that dies sooner is started again more and more slowly."""
LONGEST_PAUSE = 5.0


class Child:
    """One serving process and when it began."""

    def __init__(self, command: list[str], descriptors: tuple[int, ...]) -> None:
        self.started_at = time.monotonic()
        # Its own session keeps a Ctrl-C of the terminal from reaching it a second time, past the parent.
        # The command is our own line, never a stranger's.
        self.process = subprocess.Popen(command, pass_fds=descriptors, start_new_session=True)

    @property
    def was_steady(self) -> bool:
        return time.monotonic() - self.started_at > STEADY_SECONDS


class Parent:
    """Starts the children, replaces those that die, and passes the order to stop on."""

    def __init__(self, command: Sequence[str], descriptor: int, processes: int) -> None:
        self._lifeline, self._end_of_life = os.pipe()
        self._command = [*command, "--fd", str(descriptor), "--lifeline", str(self._lifeline)]
        self._descriptors = (descriptor, self._lifeline)
        self._wanted = processes
        self._children: list[Child] = []
        self._stop = threading.Event()
        self._orders = 0
        self._pause = 0.0

    def run(self, grace_seconds: float) -> int:
        """Keep the children until told to stop; 1 when they could not even start, or had to be killed."""
        self._children = [self._new_child() for _ in range(self._wanted)]
        failed = False
        while not self._stop.is_set() and not failed:
            failed = self._replace_the_dead()
            self._stop.wait(0.1)
        return self._end(grace_seconds) or int(failed)

    def order(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """SIGTERM or SIGINT: the first is passed on, the second ends everything at once."""
        self._orders += 1
        self._stop.set()
        if self._orders > 1:
            self._each(lambda child: child.process.kill())

    def _new_child(self) -> Child:
        return Child(self._command, self._descriptors)

    def _replace_the_dead(self) -> bool:
        """Start a new child for each dead one; True when one failed before any was ever well."""
        for index, child in enumerate(self._children):
            code = child.process.poll()
            if code is None:
                continue
            if code == 1 and self._pause == 0 and not child.was_steady:
                return True
            log.error("A serving process ended with %d; starting another", code)
            self._pause = 0.1 if child.was_steady else min(max(self._pause * 2, 0.1), LONGEST_PAUSE)
            if self._stop.wait(self._pause):
                return False
            self._children[index] = self._new_child()
        return False

    def _end(self, grace_seconds: float) -> int:
        self._each(lambda child: child.process.terminate())
        end = time.monotonic() + grace_seconds
        while any(child.process.poll() is None for child in self._children) and time.monotonic() < end:
            time.sleep(0.02)
        killed = [child for child in self._children if child.process.poll() is None]
        for child in killed:
            child.process.kill()
            child.process.wait()
        return int(bool(killed) or self._orders > 1)

    def _each(self, act: Callable[[Child], None]) -> None:
        for child in self._children:
            if child.process.poll() is None:
                act(child)


def serve_many(
    command: Sequence[str],
    *,
    listen: Sequence[str],
    processes: int,
    grace_seconds: float = 30,
    on_ready: Callable[[list[str]], None] = lambda addresses: None,
) -> int:
    """Open the one address of `listen` and run `command --fd N --lifeline M` so many times, until told to stop.

    Each command is expected to call `run.serve(listen=N, lifeline=M)`. The children share the socket: the kernel gives
    a new connection to whichever is waiting. They end by themselves when this process dies, however it dies.
    """
    try:
        (listener,) = listening.open_sockets(listen)
    except (OSError, ValueError) as error:
        log.error("Cannot listen: %s", error)
        return 1
    parent = Parent(command, listener.fileno(), processes)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, parent.order)
    name = listener.getsockname()
    on_ready([f"{name[0]}:{name[1]}" if isinstance(name, tuple) else f"unix:{name}"])
    return parent.run(grace_seconds)
