"""One lane of the worker: takes what is due and carries several at once, until it is told to stop."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger()

Item = TypeVar("Item")
POLL_SECONDS = 0.5
BREATH_SECONDS = 0.04
"""Between two looks that may find nothing: every commit of every process wakes every lane."""

GATHER_SECONDS = 0.1
"""After a find, what comes next is taken together with what follows it: each taking is a transaction."""

WARM_SECONDS = 2.0
"""After the last find it looks at every breath: what waits for its rate to be free tells nobody when it is."""


class Rounds(Generic[Item]):
    """`claim(n)` takes up to n things, `carry(thing)` carries one. What either raises never ends the lane."""

    def __init__(
        self,
        name: str,
        claim: Callable[[int], Awaitable[list[Item]]],
        carry: Callable[[Item], Awaitable[None]],
        *,
        at_once: int,
    ) -> None:
        self._name, self._claim, self._carry, self._at_once = name, claim, carry, at_once
        self._under_way = set[asyncio.Task[None]]()
        self._woken = asyncio.Event()
        self._is_ending = False
        self._found_at = 0.0

    def wake(self) -> None:
        """Look now; without this it looks twice a second."""
        self._woken.set()

    async def walk(self) -> None:
        """Go round until told to end; what is under way then goes on."""
        while not self._is_ending:
            self._woken.clear()
            if await self._take():
                await asyncio.sleep(GATHER_SECONDS)
            else:
                await self._rest()

    def end(self) -> None:
        """Take nothing more."""
        self._is_ending = True
        self._woken.set()

    async def finish(self, *, within: float) -> None:
        """Let what is under way come to its end, for `within` seconds at most; after `walk` has ended."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=within)
            for task in late:
                log.warning("carry.cut", name=self._name)
                task.cancel()

    @property
    def _is_full(self) -> bool:
        return len(self._under_way) >= self._at_once

    async def _take(self) -> bool:
        if self._is_full:
            return False
        try:
            found = await self._claim(self._at_once - len(self._under_way))
        except Exception as failure:  # A database that is away comes back; the lane waits for it.
            log.error("claim.failed", name=self._name, error=type(failure).__name__)
            return False
        if found:
            self._found_at = time.monotonic()
        for item in found:
            task = asyncio.create_task(self._carry_one(item))
            self._under_way.add(task)
            task.add_done_callback(self._done)
        return bool(found)

    async def _carry_one(self, item: Item) -> None:
        try:
            await self._carry(item)
        except Exception as failure:  # The lease ends, and the sweep takes it up.
            log.error("carry.failed", name=self._name, error=type(failure).__name__)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._woken.set()

    async def _rest(self) -> None:
        if not self._is_full:
            await asyncio.sleep(BREATH_SECONDS)
        if self._is_ending or (not self._is_full and time.monotonic() - self._found_at < WARM_SECONDS):
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()
