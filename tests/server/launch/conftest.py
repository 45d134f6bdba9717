"""Launchers to test against: one with small limits that a module shares, others for tests that end theirs."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.launch.running import App, Running

SMALL: dict[str, Any] = {
    "header_seconds": 1,
    "body_seconds": 1,
    "send_seconds": 1,
    "request_seconds": 2,
    "task_seconds": 1,
    "close_seconds": 1,
    "grace_seconds": 3,
    "body_bytes": 100_000,
    "bodies": [["/echo/large", 3_000_000]],
    "held_bytes": 4_000_000,
}


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    """The launcher that the tests of one module share."""
    app = Running({"limits": SMALL, "proxies": ["127.0.0.0/8", "10.0.0.0/8"]}).await_ready()
    yield app
    app.end()


@pytest.fixture
def running(shared: Running) -> Iterator[Running]:
    """The shared launcher, with no connection left from the test before."""
    yield shared
    shared.close_connections()


@pytest.fixture
def start() -> Iterator[App]:
    """Starts launchers that end with the test."""
    started: list[Running] = []

    def begin(command: list[str] | None = None, limits: dict[str, Any] | None = None, **options: Any) -> Running:
        options["limits"] = SMALL | (limits or {})
        started.append(Running(options, command))
        return started[-1]

    yield begin
    for app in started:
        app.end()
