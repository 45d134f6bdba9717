"""What our server stands on, and the one way in which it is started to be measured."""

import base64
import secrets
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import parts
from server import settings
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Ground:
    """An empty database, a Redis and a listening socket (`fd`), with the settings that name them."""

    folder: Path
    database: parts.Database
    redis_url: str
    redis_pid: int
    port: int
    fd: int
    environment: dict[str, str]

    @property
    def base(self) -> str:
        """Where our server answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def quiet(self) -> Settings:
        """The same settings, for what this process does itself."""
        return settings.load({**self.environment, "BLOOMTEXT_LOG_LEVEL": "error"})


@contextmanager
def laid(kind: str, more: Mapping[str, str] | None = None) -> Iterator[Ground]:
    """All of it, with a database of this kind, gone afterwards; `more` are settings of ours, such as `PROCESSES`."""
    parts.BUILD.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        database = stack.enter_context(parts.database(kind, folder))
        redis_url, redis_pid = stack.enter_context(parts.redis_server(folder))
        listener = stack.enter_context(parts.listener())
        port = int(listener.getsockname()[1])
        environment = {**settings_of(database.url, redis_url, port, folder), **(more or {})}
        yield Ground(folder, database, redis_url, redis_pid, port, listener.fileno(), environment)


@contextmanager
def serving(ground: Ground) -> Iterator[subprocess.Popen[bytes]]:
    """A web process on its socket, while the block runs."""
    words = ["-m", "server", "serve", "--fd", str(ground.fd)]
    with parts.program(words, ground.environment, parts.BUILD / "server.log", fds=[ground.fd]) as process:
        parts.wait_for("our server", lambda: parts.answers(f"{ground.base}/healthz"), process)
        yield process


def settings_of(database_url: str, redis_url: str, port: int, folder: Path) -> dict[str, str]:
    """The settings of our processes. No worker runs, so nothing would be sent even if there were a carrier."""
    here = f"http://127.0.0.1:{port}"
    values = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": here,
        "PORTAL_URL": here,
        "VONAGE_API_URL": "http://127.0.0.1:9",
        "VONAGE_APPLICATION_ID": "bench",
        "VONAGE_PRIVATE_KEY": "-----BEGIN PRIVATE KEY-----\nbench\n-----END PRIVATE KEY-----",
        "VONAGE_API_KEY": "bench",
        "VONAGE_API_SECRET": "bench",
        "VONAGE_SIGNATURE_SECRET": secrets.token_hex(16),
        "SMTP_URL": "smtp://127.0.0.1:9",
        "MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "FILES_DIR": str(folder / "files"),
        "STAFF_IDLE_SECONDS": "7200",
        "STAFF_LOCK_SECONDS": "7200",
    }
    return {f"BLOOMTEXT_{name}": value for name, value in values.items()}
