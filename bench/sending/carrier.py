"""The simulated carrier in a process of its own, and the ledger of what it was given."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench import parts
from server.simulator.ledger import Post
from server.simulator.settings import SimulatorSettings


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where it listens, and where its ledger is."""

    url: str
    smtp_url: str
    ledger: Path

    def posts(self) -> list[Post]:
        """Every post so far."""
        return [msgspec.json.decode(line, type=Post) for line in self.ledger.read_bytes().splitlines()]


@contextmanager
def running(account: SimulatorSettings, folder: Path) -> Iterator[Carrier]:
    """One that answers for this account while the block runs."""
    ledger = folder / "ledger.jsonl"
    ledger.unlink(missing_ok=True)
    told = msgspec.structs.replace(account, ledger_path=str(ledger))
    command = [sys.executable, "-m", "server.simulator"]
    with subprocess.Popen(command, cwd=parts.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("pipes were asked for")
        process.stdin.write(msgspec.json.encode(told) + b"\n")
        process.stdin.flush()
        ports = msgspec.json.decode(process.stdout.readline(), type=dict[str, int])
        yield Carrier(f"http://127.0.0.1:{ports['port']}", f"smtp://127.0.0.1:{ports['smtp_port']}", ledger)
        process.stdin.close()
