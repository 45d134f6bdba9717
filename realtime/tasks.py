"""Ending tasks for certain."""

import asyncio
from collections.abc import Collection

AGAIN = 0.1


async def end(tasks: Collection[asyncio.Task[None]]) -> None:
    """Cancel and await; again if need be, because a time-out inside a library may swallow a cancellation."""
    while unfinished := [task for task in tasks if not task.done()]:
        for task in unfinished:
            task.cancel()
        await asyncio.wait(unfinished, timeout=AGAIN)
