"""The demo as a person starts it: `python -m server demo`, from a copy of the sources, in an empty folder."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError

import psutil

from server.demo.home import Home

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "test-results"
PACKAGES = ("server", "realtime", "web", "portal")
START = 240.0
STOP = 40.0


def copy_of_the_sources(folder: Path) -> Path:
    """Build the screens if their sources changed and copy the packages, so that editing meanwhile disturbs nothing."""
    subprocess.run([sys.executable, "-m", "web.node"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    for package in PACKAGES:
        # With what is compiled already, which holds as long as the times of the sources are copied too.
        shutil.copytree(ROOT / package, folder / package)
    return folder


class Demo:
    """One running demo. `door` is the address it printed; `url` where it answers."""

    def __init__(self, sources: Path, folder: Path) -> None:
        self._folder = folder
        self._sources = sources
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.provider_port = _free_port()
        """Where a clinic's own sign-in provider may be."""
        self.door = ""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BLOOMTEXT_")}
        self._environment = {**kept, "PYTHONPATH": str(sources), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        self._environment["BLOOMTEXT_HOOK_HOSTS"] = f"127.0.0.1:{self.provider_port}"
        self._log = folder / "said"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait for its address."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", "demo"],
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(lambda: "ready →" in self.said or self._has_ended(), "the demo's address", within=START)
        assert not self._has_ended(), self.said
        self.door = self.said.split("ready →")[1].split()[0]

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does; its exit code. Nothing that it started may stay."""
        assert self._process
        if self._has_ended():
            return self._process.wait()
        family = psutil.Process(self._process.pid).children(recursive=True)
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(STOP)
        finally:
            _, left = psutil.wait_procs(family, timeout=5)
            for process in left:
                process.kill()
        assert not left, f"the demo left processes behind: {left}"
        return code

    @property
    def said(self) -> str:
        """What it has printed."""
        return self._log.read_text() if self._log.exists() else ""

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def kill(self, word: str) -> None:
        """Take one of its processes away without a warning: the one with the word `serve`, `work` or `redis-server`."""
        process = self._find(word)
        process.kill()
        until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, f"the end of {word}")

    def returned(self, word: str) -> None:
        """Wait until a process that was killed is back, and the house says that all its parts work."""
        until(lambda: self._is_there(word), f"{word} again", within=START)
        until(self._is_ready, "the house to be ready", within=START)

    def _find(self, word: str) -> psutil.Process:
        assert self._process
        family = psutil.Process(self._process.pid).children(recursive=True)
        [found, *_] = [each for each in family if word in _words(each)]
        return found

    def _is_there(self, word: str) -> bool:
        try:
            return bool(self._find(word).status() != psutil.STATUS_ZOMBIE)
        except (ValueError, psutil.NoSuchProcess):
            return False

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return int(answer.status) == 200
        except (URLError, OSError):
            return False

    def let_links_end(self, patient: str) -> None:
        """Let a patient's links run out this moment, as they do a week after the last message.

        No demo lives for a week, and staff cannot do it for us: what somebody ends on purpose never comes back.
        """
        now = datetime.now(UTC).isoformat(" ")
        with closing(sqlite3.connect(self._folder / "var/demo/demo.db")) as database, database:
            database.execute("UPDATE portal_link SET expires_at = ? WHERE patient_id = ?", (now, patient))

    def let_it_be_day(self) -> None:
        """The clinic keeps no quiet hours, at whatever hour this runs."""
        with closing(sqlite3.connect(self._folder / "var/demo/demo.db")) as database, database:
            database.execute('UPDATE "organization" SET quiet_from = 0, quiet_until = 0')

    def let_sign_ins_age(self) -> None:
        """Whoever is signed in came an hour ago and proved nothing since: no journey waits for a quarter of an hour."""
        then = (datetime.now(UTC) - timedelta(hours=1)).isoformat(" ")
        with closing(sqlite3.connect(self._folder / "var/demo/demo.db")) as database, database:
            database.execute("UPDATE staff_session SET created_at = ?, proven_at = NULL", (then,))

    def seed(self) -> dict[str, object]:
        """What `python -m server seed --json` tells of this demo's clinics, with its own keys."""
        found: dict[str, object] = json.loads(self.operate("seed", "--json"))
        return found

    def operate(self, *words: str) -> str:
        """What `python -m server` with these words says to whoever runs the house."""
        home = Home(self._folder / "var/demo")
        settings = home.environment(port=self.port, carrier_url="http://127.0.0.1:1", smtp_port=1, redis_url="")
        command, environment = [sys.executable, "-m", "server", *words], {**self._environment, **settings}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def until(is_so: Callable[[], bool], what: str, *, within: float = 40.0) -> None:
    """Look again and again until it is so.

    :raises TimeoutError: it was not so within these seconds
    """
    ends = time.monotonic() + within
    while not is_so():
        if time.monotonic() > ends:
            raise TimeoutError(f"waited {within} s for {what}")
        time.sleep(0.05)


def _words(process: psutil.Process) -> list[str]:
    try:
        return [process.name(), *process.cmdline()[1:]]
    except psutil.Error:
        return []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
