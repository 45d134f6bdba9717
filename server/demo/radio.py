"""The signal of the demo's phone: what its browser asks and hears takes long, or waits until there is a signal again.

As on the air nothing is answered with a failure, and nothing overtakes: a request, an answer, or a word on a socket is
only late.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PHONE = ("/m/", "/live/portal/")
"""What a patient's browser asks for."""
LATENCY, BYTES_A_SECOND = 0.4, 50_000
"""Of a slow network, each way: 400 ms and 400 kbit/s, as browsers' tools for developers have it for "Slow 3G"."""
LONGEST = 120.0
"""Seconds without a signal after which it goes on by itself: nobody waits for a demo that was left alone."""
State = Literal["good", "slow", "gone"]


class Signal:
    """How good it is now."""

    def __init__(self) -> None:
        self.state: State = "good"
        self._is_there = asyncio.Event()
        self._is_there.set()

    def turn(self, state: State) -> None:
        """From now on it is so."""
        self.state = state
        (self._is_there.clear if state == "gone" else self._is_there.set)()

    async def carry(self, size: int = 0) -> None:
        """Take so many bytes over."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_there.wait(), LONGEST)
        if self.state == "slow":
            await asyncio.sleep(LATENCY + size / BYTES_A_SECOND)


class Radio:
    """Between the phone's browser and the house."""

    def __init__(self, app: ASGIApp, signal: Signal) -> None:
        self._app, self._signal = app, signal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, in time or late."""
        if scope["type"] == "lifespan" or not scope["path"].startswith(PHONE):
            return await self._app(scope, receive, send)
        return await self._app(scope, self._late(receive), self._said(send))

    def _late(self, receive: Receive) -> Callable[[], Awaitable[Message]]:
        async def heard() -> Message:
            message = await receive()
            await self._signal.carry()
            return message

        return heard

    def _said(self, send: Send) -> Callable[[Message], Awaitable[None]]:
        async def said(message: Message) -> None:
            await self._signal.carry(len(message.get("body") or message.get("text") or ""))
            await send(message)

        return said
