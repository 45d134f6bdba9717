"""Waiting for the other side: how an application is held back, and how a client is."""

import asyncio
from collections import deque
from collections.abc import Callable

from server.launch.asgi import Message


class Flow:
    """Whether the transport takes more. Writers await `open()`; the transport pauses and resumes."""

    __slots__ = ("_gate",)

    def __init__(self) -> None:
        self._gate: asyncio.Event | None = None

    def pause(self) -> None:
        if self._gate is None:
            self._gate = asyncio.Event()

    def resume(self) -> None:
        if self._gate is not None:
            self._gate.set()
            self._gate = None

    async def open(self) -> None:
        """Return when the transport takes more, or is gone."""
        while self._gate is not None:
            await self._gate.wait()


class Inbox:
    """A socket's frames on their way to the application, at most `most` before `hold()` is called.

    `release()` is called when half of them have been received. Safe against a `receive` that is cancelled while it
    waits, which Channels does all the time.
    """

    __slots__ = ("_hold", "_messages", "_most", "_release", "_wake", "is_full")

    def __init__(self, most: int, hold: Callable[[], None], release: Callable[[], None]) -> None:
        self._messages: deque[Message] = deque()
        self._most = most
        self._hold = hold
        self._release = release
        self._wake: asyncio.Future[None] | None = None
        self.is_full = False

    def put(self, message: Message) -> None:
        self._messages.append(message)
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)
        if not self.is_full and len(self._messages) >= self._most:
            self.is_full = True
            self._hold()

    async def receive(self) -> Message:
        while not self._messages:
            self._wake = asyncio.get_running_loop().create_future()
            await self._wake
        if self._messages[0]["type"] == "websocket.disconnect":
            return self._messages[0]
        message = self._messages.popleft()
        if self.is_full and len(self._messages) <= self._most // 2:
            self.is_full = False
            self._release()
        return message
