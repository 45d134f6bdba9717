"""Where streams stand, asked by many at the same time with one query: whole clinics come back in the same second."""

import asyncio
from collections.abc import Collection
from contextvars import Context
from uuid import UUID

from realtime.sources import Sources

Found = dict[UUID, tuple[str, int]]


class Heads:
    """Each question is answered by a query that began after it; one runs at a time, and the next takes all who wait."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._wanted: set[UUID] = set()
        self._next: asyncio.Task[Found] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def of(self, streams: Collection[UUID]) -> Found:
        """Epoch and newest position of at least these streams; what is not there is absent."""
        if not streams:
            return {}
        self._wanted.update(streams)
        if self._next is None:
            # In a context of its own: it serves others than the one who happened to come first.
            self._next = asyncio.get_running_loop().create_task(self._ask(), context=Context())
            self._next.add_done_callback(_heard)
        return await asyncio.shield(self._next)

    async def _ask(self) -> Found:
        async with self._one_at_a_time:
            wanted, self._wanted, self._next = self._wanted, set(), None
            return await self._sources.heads(wanted)


def _heard(done: asyncio.Task[Found]) -> None:
    # Those who asked may all be gone, and then nobody else looks at a failure.
    if not done.cancelled():
        done.exception()
