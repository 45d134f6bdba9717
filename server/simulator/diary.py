"""What happened, in order, for whoever watches: the demo's phones and tests wait here instead of asking again."""

import asyncio

import msgspec

from server import clock

KEPT = 5000


class Entry(msgspec.Struct, frozen=True):
    """One happening. `about` is the phone number, mail address or `message_uuid` that it concerns."""

    n: int
    kind: str
    about: str
    at: str


class Diary:
    """A list of the latest happenings, numbered from 1 without gaps."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._head = 0
        self._news = asyncio.Event()

    @property
    def head(self) -> int:
        """The number of the latest happening, 0 where nothing has happened."""
        return self._head

    def enter(self, kind: str, about: str) -> None:
        """Write one down and wake whoever waits."""
        self._head += 1
        self._entries.append(Entry(self._head, kind, about, clock.now().isoformat()))
        del self._entries[:-KEPT]
        self._news.set()
        self._news = asyncio.Event()

    async def after(self, position: int, *, wait: float) -> list[Entry]:
        """Give what happened after `position`, waiting up to `wait` seconds for the first."""
        if self._head <= position and wait > 0:
            news = self._news
            try:
                await asyncio.wait_for(news.wait(), wait)
            except TimeoutError:
                return []
        return [entry for entry in self._entries if entry.n > position]
