"""How often the hot paths ask the database: a number that may only fall."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import httpx2
import pytest

from tests import world
from tests.web.browser import Browser
from tests.web.test_messages_api import NEW

pytestmark = pytest.mark.anyio


class Counter(logging.Handler):
    """Counts the statements that the ORM sends."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.statements: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note one."""
        self.statements.append(record.getMessage().split("FROM")[0][:60])


@contextmanager
def counted() -> Iterator[list[str]]:
    log, counter = logging.getLogger("tortoise.db_client"), Counter()
    before = log.level
    log.addHandler(counter)
    log.setLevel(logging.DEBUG)
    try:
        yield counter.statements
    finally:
        log.removeHandler(counter)
        log.setLevel(before)


async def test_hot_paths_ask_seldom(dana: Browser, cast: world.World) -> None:
    path = f"/conversations/{cast.ines_thread.id}"
    asks: dict[str, Callable[[str], Awaitable[httpx2.Response]]] = {
        "post": lambda key: dana.post(f"{path}/messages", {**NEW, "key": key}),
        "inbox": lambda _: dana.get("/inbox", view="open"),
        "draft": lambda key: dana.act("PUT", f"{path}/draft", {"kind": "message", "body": key}),
        "thread": lambda _: dana.get(path),
        "done": lambda _: dana.post(f"{path}/done", {}),
        "seen": lambda _: dana.post(f"{path}/seen", {"number": 2}),
        "search": lambda _: dana.post("/search", {"q": "results"}),
        "find": lambda _: dana.post("/search", {"q": "ines calderon"}),
        "facts": lambda _: dana.get("/facts", stream=str(cast.dana.user), epoch="x", after=0),
    }
    counts = {}
    for name, ask in asks.items():
        await ask("warm")
        with counted() as statements:
            response = await ask("counted")
        assert response.status_code < 300, response.text
        counts[name] = len(statements)

    print(counts)
    most = {
        "post": 26,
        "inbox": 13,
        "draft": 6,
        "thread": 27,
        "done": 8,
        "seen": 5,
        "search": 8,
        "find": 16,
        "facts": 4,
    }
    assert {name: count for name, count in counts.items() if count > most[name]} == {}
