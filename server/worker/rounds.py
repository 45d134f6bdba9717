"""One lane of the worker: takes what is due and carries several at once, until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger()

Item = TypeVar("Item")
POLL_SECONDS = 0.5


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

    def wake(self) -> None:
        """Look now; without this it looks twice a second."""
        self._woken.set()

    async def walk(self) -> None:
        """Go round until told to end; what is under way then goes on."""
        while not self._is_ending:
            self._woken.clear()
            if not await self._take():
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

    async def _take(self) -> bool:
        free = self._at_once - len(self._under_way)
        if free <= 0:
            return False
        try:
            found = await self._claim(free)
        except Exception as failure:  # A database that is away comes back; the lane waits for it.
            log.error("claim.failed", name=self._name, error=type(failure).__name__)
            return False
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
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return
