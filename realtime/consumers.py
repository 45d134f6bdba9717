"""The way in: one consumer per socket. It checks every frame and hands on; what goes out goes through the seat."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import structlog
from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

from realtime import shapes, wire
from realtime.closing import Close
from realtime.layer import ALIAS, LayerOutlet
from realtime.live import Live
from realtime.seat import DirectOutlet, DirectSocket, Outlet, Seat
from server import access, errors

log = structlog.get_logger()

Scope = MutableMapping[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

WHO = "bloomtext.who"
"""Where the door leaves in the scope whose socket this is; None for nobody."""
DIRECT = "bloomtext.socket"
NO_LAYER = "none"
FRAMES, PER = 60, 10.0
"""A client may send so many frames in so many seconds (B39)."""
REFUSALS = 5
"""After so many frames that are not ours the client is told to stay away."""
HELLO = 10.0
"""Seconds until a client must have said hello."""


class LiveConsumer(AsyncConsumer):  # type: ignore[misc]  # Channels has no types.
    """One socket. Channels' dispatch by method name is replaced: it would tidy Django's database before every frame."""

    channel_name: str | None = None
    base_send: Send

    def __init__(self, live: Live) -> None:
        self._live = live
        self._seat: Seat | None = None
        self._times: deque[float] = deque(maxlen=FRAMES)
        self._refused = 0
        self._deadline: asyncio.TimerHandle | None = None
        self._hellos: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # With a direct socket the hub needs no layer, which saves a task and a queue per socket.
        self.channel_layer_alias = NO_LAYER if _direct(scope) else ALIAS
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._gone()

    async def dispatch(self, message: Message) -> None:
        """Handle what the server says of this socket, and what the layer has for it. Nothing else has a name here."""
        match message["type"]:
            case "websocket.connect":
                await self._connect()
            case "websocket.receive":
                await self._receive(message)
            case "websocket.disconnect":
                raise StopConsumer
            case "seat.frames":
                for text in message["texts"]:
                    await self.base_send({"type": "websocket.send", "text": text.decode()})
            case "seat.close":
                await self.base_send({"type": "websocket.close", "code": message["code"]})

    async def _connect(self) -> None:
        await self.base_send({"type": "websocket.accept"})
        who: access.Staff | access.PortalPatient | None = self.scope.get(WHO)
        if who is None:
            await self._close(Close.SIGNED_OUT)
            return
        if isinstance(who, access.Staff) and who.locked:
            await self._close(Close.LOCKED)
            return
        seat = Seat(who, self._outlet())
        if not self._live.hub.table.admit(seat):
            await self._close(Close.TOO_MANY)
            return
        self._seat = seat
        self._deadline = asyncio.get_running_loop().call_later(HELLO, self._too_quiet)

    def _outlet(self) -> Outlet:
        direct = _direct(self.scope)
        return DirectOutlet(direct) if direct else LayerOutlet(self._live.layer, self.channel_name or "")

    async def _receive(self, message: Message) -> None:
        seat = self._seat
        if seat is None or seat.ended:
            return
        if self._is_flooding():
            self._end(Close.TOO_MANY)
            return
        try:
            await self._hear(seat, wire.read(message.get("text") or b""))
        except errors.Refusal as refusal:
            self._refuse(seat, refusal)
        except Exception as failure:
            log.warning("socket.failed", error=type(failure).__name__)
            self._end(Close.RESTARTING)

    async def _hear(self, seat: Seat, frame: shapes.ClientFrame) -> None:
        if isinstance(frame, shapes.SignalSent):
            await self._live.presence.signal(seat, frame)
            return
        if self._deadline:
            self._deadline.cancel()
        # Beside the reading of frames: a server without direct sockets sends from there what this hello is answered.
        task = asyncio.create_task(self._hello(seat, frame))
        self._hellos.add(task)
        task.add_done_callback(self._hellos.discard)

    async def _hello(self, seat: Seat, hello: shapes.Hello) -> None:
        try:
            async with self._one_at_a_time:
                await self._live.hub.join(seat, hello.streams)
        except Exception as failure:
            log.warning("hello.failed", error=type(failure).__name__)
            self._end(Close.RESTARTING)

    def _refuse(self, seat: Seat, refusal: errors.Refusal) -> None:
        wrong = refusal.kind is errors.Kind.WRONG_SHAPE
        seat.say(wire.encode(shapes.Refused("wrong_shape" if wrong else "unknown")))
        self._refused += wrong
        if self._refused >= REFUSALS:
            self._end(Close.DO_NOT_REPEAT)

    def _is_flooding(self) -> bool:
        now = asyncio.get_running_loop().time()
        if len(self._times) == FRAMES and now - self._times[0] < PER:
            return True
        self._times.append(now)
        return False

    def _too_quiet(self) -> None:
        self._end(Close.SLOW)

    def _end(self, code: Close) -> None:
        if self._seat:
            self._live.hub.table.end(self._seat, code)

    async def _close(self, code: Close) -> None:
        await self.base_send({"type": "websocket.close", "code": int(code)})

    def _gone(self) -> None:
        """Whatever ended this socket, nothing of it stays behind."""
        if self._deadline:
            self._deadline.cancel()
        for task in tuple(self._hellos):
            task.cancel()
        if self.channel_name:
            self._live.layer.discard(self.channel_name)
        if self._seat:
            self._live.hub.leave(self._seat)
            if self._seat.present:
                self._live.hub.spawn(self._live.presence.left(self._seat))


class InboxConsumer(LiveConsumer):
    """A staff screen's socket: their teams', their own and their organization's stream."""


class PortalConsumer(LiveConsumer):
    """A patient page's socket: the patient's stream only."""


def _direct(scope: Scope) -> DirectSocket | None:
    found: DirectSocket | None = (scope.get("extensions") or {}).get(DIRECT)
    return found
