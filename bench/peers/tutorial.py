"""The Channels tutorial under plain Daphne: `group_send` from a member's socket, or from a POST."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench import load, parts

ENVELOPE = 32
"""Bytes of its frame beside the filler, so that its items have the size of ours."""


@dataclass(frozen=True, slots=True)
class Tutorial:
    """A running one."""

    name = "tutorial"
    port: int
    pids: dict[str, int]

    @property
    def servers(self) -> tuple[str, ...]:
        """Whose CPU counts."""
        return ("server", "redis")

    def fan_out(self, options: Sequence[str], *, size: int) -> load.Load:
        """The first socket says, the room hears; items of `size` bytes."""
        return load.run([*self._common(size), *options], pids=self.pids)

    def post(self, options: Sequence[str], *, size: int) -> load.Load:
        """Somebody posts, the room hears."""
        post = ("--post", f"http://127.0.0.1:{self.port}/post/front/")
        return load.run([*self._common(size), *post, *options], pids=self.pids)

    def _common(self, size: int) -> list[str]:
        url = f"ws://127.0.0.1:{self.port}/ws/chat/front/"
        filler = str(max(0, size - ENVELOPE))
        return ["--url", url, "--body", '{"message":"seq={seq} {pad}"}', "--pad", filler]


@contextmanager
def running(redis_url: str, redis_pid: int) -> Iterator[Tutorial]:
    """Start it as its documentation says; only the pool of Redis connections is larger, or handshakes would fail."""
    parts.empty(redis_url)
    environment = {"REDIS_URL": f"{redis_url}?max_connections=5000"}
    with parts.listener() as ours:
        port, fd = ours.getsockname()[1], ours.fileno()
        words = ["-m", "daphne", "--fd", str(fd), "-v", "0", "bench.peers.tutorial_app:application"]
        with parts.program(words, environment, parts.BUILD / "tutorial.log", fds=[fd]) as process:
            probe = f"http://127.0.0.1:{port}/"
            parts.wait_for("the tutorial", lambda: parts.answers(probe, statuses=(404,)), process)
            yield Tutorial(port, {"server": process.pid, "redis": redis_pid})
