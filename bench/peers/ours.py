"""Ourselves, as a clinic runs us: `python -m server serve` on a migrated, seeded database, with Redis."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench import load, parts
from bench.clinic import Clinic
from bench.ground import Ground, serving

FACT = '"kind":"message.posted","n":'
"""In front of a Fact's number, by which a delivery is known; it stands nowhere else in a frame."""
BODY = '"body":"seq='


@dataclass(frozen=True, slots=True)
class Ours:
    """A running one."""

    name = "ours"
    port: int
    pids: dict[str, int]
    clinic: Clinic
    folder: Path
    environment: dict[str, str]

    @property
    def servers(self) -> tuple[str, ...]:
        """Whose CPU counts; the database's and the publisher's are told apart."""
        return ("server", "redis")

    def fan_out(self, options: Sequence[str], *, size: int = 0) -> load.Load:
        """Another process stores Facts, every socket of the team gets them."""
        with self._publisher() as publisher:
            if publisher.stdout is None or publisher.stdin is None:
                raise RuntimeError("pipes were asked for")
            head = int(publisher.stdout.readline())
            fd = publisher.stdin.fileno()
            told = ["--marker", FACT, "--base", str(head + 1), "--pipe", str(fd)]
            pids = {**self.pids, "publisher": publisher.pid}
            return load.run([*self._sockets(), *told, *options], pids=pids, fds=[fd])

    def post(self, options: Sequence[str], *, size: int = 0) -> load.Load:
        """A member of the team posts messages through the staff API, every socket of the team gets them."""
        run = secrets.token_hex(4)
        body = '{"key":"' + run + '-{seq}","via":"secure_sms","body":"seq={seq} {pad}"}'
        headers = {**self.headers(), "X-BloomText-CSRF": self.clinic.csrf}
        words = [word for name, value in headers.items() for word in ("--post-header", f"{name}: {value}")]
        posting = ["--marker", BODY, "--post", self.messages_url, "--body", body, "--pad", "100", *words]
        return load.run([*self._sockets(), *posting, *options], pids=self.pids)

    @property
    def messages_url(self) -> str:
        """Where messages of the measured conversation are posted."""
        return f"http://127.0.0.1:{self.port}/api/v1/conversations/{self.clinic.conversation}/messages"

    @property
    def live_url(self) -> str:
        """Where staff screens open their socket."""
        return f"ws://127.0.0.1:{self.port}/live/inbox/"

    def headers(self, session: str | None = None) -> dict[str, str]:
        """What the browser of a signed-in person sends; the first person's without a session."""
        token = session or self.clinic.sessions[0]
        return {"Origin": f"http://127.0.0.1:{self.port}", "Cookie": f"bt_staff={token}"}

    def _sockets(self) -> list[str]:
        sessions = self.folder / "sessions"
        sessions.write_text("\n".join(self.clinic.sessions))
        headers = self.headers("{token}")
        words = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
        hello = ["--hello", '{"t":"hello"}', "--live", '"t":"live"']
        return ["--url", self.live_url, "--tokens", str(sessions), *words, *hello]

    @contextmanager
    def _publisher(self) -> Iterator[subprocess.Popen[bytes]]:
        path = self.folder / "clinic.json"
        path.write_bytes(msgspec.json.encode(self.clinic))
        with (parts.BUILD / "publisher.log").open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "bench.publisher", str(path)],
                cwd=parts.ROOT,
                env={**os.environ, **self.environment, "BLOOMTEXT_LOG_LEVEL": "error"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        with process:
            yield process


@contextmanager
def running(ground: Ground, clinic: Clinic) -> Iterator[Ours]:
    """Start a web process for this clinic."""
    with serving(ground) as process:
        database = {"postgres": ground.database.pid} if ground.database.pid else {}
        pids = {"server": process.pid, "redis": ground.redis_pid, **database}
        yield Ours(ground.port, pids, clinic, ground.folder, ground.environment)
