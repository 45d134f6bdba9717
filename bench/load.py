"""One run of `wsload` (built from `wsload.c` at the first need), with the CPU that each server took meanwhile."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence

import msgspec
import psutil

from bench import parts

SOURCE = parts.ROOT / "bench/wsload.c"
PROGRAM = parts.BUILD / "wsload"
PHASES = ("connected", "measuring", "measured")


class Times(msgspec.Struct, frozen=True):
    """Quantiles in milliseconds over `n` measurements."""

    n: int
    p50: float
    p99: float
    max: float


class Load(msgspec.Struct, frozen=True):
    """What `wsload` saw. Deliveries are (item, socket) pairs; frames may hold several. `window_s` was measured."""

    sockets: int
    failed: int
    died: int
    connect_s: float
    window_s: float
    published: int
    in_window: int
    deliveries_per_s: float
    frames_per_s: float
    bytes_per_s: float
    missing: int
    duplicate: int
    unknown: int
    other_frames: int
    late: int
    posted: int
    refused: int
    handshake_ms: Times
    latency_ms: Times
    last_member_ms: Times
    answer_ms: Times
    generator_cpu_s: float
    cpu_s: dict[str, float] = {}
    connect_cpu_s: dict[str, float] = {}

    @property
    def handshakes_per_s(self) -> float:
        return self.sockets / self.connect_s

    @property
    def item_bytes(self) -> float:
        """Bytes on the wire per delivery."""
        return self.bytes_per_s / self.deliveries_per_s if self.deliveries_per_s else 0

    @property
    def is_exact(self) -> bool:
        """Whether every item reached every socket exactly once and nothing failed."""
        wrong = self.missing + self.duplicate + self.unknown + self.failed + self.died + self.refused
        return wrong == 0

    def cpu_per_100k(self, *names: str) -> float:
        """CPU seconds of these processes per 100,000 deliveries."""
        deliveries = self.deliveries_per_s * self.window_s
        return sum(self.cpu_s[name] for name in names) / max(1.0, deliveries) * 100_000

    def cpu_per_handshake(self, *names: str) -> float:
        """CPU milliseconds of these processes per socket that came up."""
        return sum(self.connect_cpu_s[name] for name in names) / self.sockets * 1000


def build() -> None:
    """Compile the generator if its source is newer.

    :raises RuntimeError: there is no C compiler
    """
    if PROGRAM.exists() and PROGRAM.stat().st_mtime >= SOURCE.stat().st_mtime:
        return
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise RuntimeError("the load generator needs a C compiler (cc)")
    parts.BUILD.mkdir(parents=True, exist_ok=True)
    subprocess.run([compiler, "-O2", "-Wall", "-Wextra", "-o", str(PROGRAM), str(SOURCE)], check=True)


def run(options: Sequence[str], *, pids: Mapping[str, int], fds: Sequence[int] = ()) -> Load:
    """Run the generator once; `pids` are the processes whose CPU is counted, each with its descendants."""
    with subprocess.Popen([str(PROGRAM), *options], stdout=subprocess.PIPE, text=True, pass_fds=tuple(fds)) as process:
        if process.stdout is None:
            raise RuntimeError("a pipe was asked for")
        spent_at, last = {"": _spent(pids)}, "{}"
        for line in process.stdout:
            last = line.strip()
            if last in PHASES:
                spent_at[last] = _spent(pids)
    if "measured" not in spent_at:
        raise RuntimeError("the generator did not come to its end")
    return msgspec.structs.replace(
        msgspec.json.decode(last, type=Load),
        cpu_s=_between(spent_at["measuring"], spent_at["measured"]),
        connect_cpu_s=_between(spent_at[""], spent_at["connected"]),
    )


def _spent(pids: Mapping[str, int]) -> dict[str, float]:
    return {name: spent(pid) for name, pid in pids.items()}


def _between(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {name: after[name] - before[name] for name in before}


def spent(pid: int) -> float:
    """CPU seconds of a process and its living descendants until now."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    return sum(_seconds(each) for each in family)


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)
