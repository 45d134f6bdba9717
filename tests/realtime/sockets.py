"""A socket as an ASGI server drives it, with or without the direct way out that our own server gives."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import msgspec

from realtime.bus import MemoryBus
from realtime.consumers import InboxConsumer, LiveConsumer, PortalConsumer, Scope
from realtime.live import Live
from realtime.mount import Door, Entrance
from server import access
from tests.realtime.parts import House, Said, Wall

ORIGIN = "https://clinic.example"
Who = access.Staff | access.PortalPatient


@dataclass
class Socket:
    """One handshake and what follows."""

    app: Door
    scope: Scope
    wall: Wall | None
    incoming: asyncio.Queue[Mapping[str, object]] = field(default_factory=asyncio.Queue)
    sent: list[Mapping[str, object]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self.task = asyncio.create_task(self.app(self.scope, self.incoming.get, self._send))
        self.incoming.put_nowait({"type": "websocket.connect"})
        await self.until(lambda: bool(self.sent))

    def send(self, frame: object) -> None:
        text = frame if isinstance(frame, str) else msgspec.json.encode(frame).decode()
        self.incoming.put_nowait({"type": "websocket.receive", "text": text})

    def send_bytes(self, data: bytes) -> None:
        self.incoming.put_nowait({"type": "websocket.receive", "bytes": data})

    async def leave(self) -> None:
        self.incoming.put_nowait({"type": "websocket.disconnect", "code": 1006})
        if self.task:
            await self.task

    @property
    def accepted(self) -> bool:
        return any(message["type"] == "websocket.accept" for message in self.sent)

    @property
    def code(self) -> object:
        """The close code, by whichever way it went out; None while open."""
        closes = [message.get("code", 1000) for message in self.sent if message["type"] == "websocket.close"]
        return closes[0] if closes else self.wall.code if self.wall else None

    @property
    def said(self) -> list[Said]:
        texts = [str(message["text"]) for message in self.sent if message["type"] == "websocket.send"]
        return [msgspec.json.decode(text, type=Said) for text in texts] + (self.wall.said if self.wall else [])

    def kinds(self) -> list[str]:
        return [frame["t"] for frame in self.said]

    async def until(self, true: Callable[[], bool], seconds: float = 5) -> None:
        # A direct socket does not tell us, so news are also looked for.
        async with asyncio.timeout(seconds):
            while not true():
                self.news.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.005):
                        await self.news.wait()

    async def until_closed(self) -> object:
        await self.until(lambda: self.code is not None)
        return self.code

    async def _send(self, message: Mapping[str, object]) -> None:
        self.sent.append(message)
        self.news.set()


class Clinic:
    """A house with a running wire, whose sockets open with a token per person."""

    def __init__(self, house: House, *, direct: bool) -> None:
        self.house = house
        self.direct = direct
        self.live = Live(MemoryBus(), house.sources())
        self.people: dict[str, Who] = {}
        self.opened: list[Socket] = []

    def let_in(self, who: Who) -> str:
        token = str(who.session)
        self.people[token] = who
        self.house.begin(*(stream for stream in who.streams if stream not in self.house.facts))
        self.house.standings[who.session] = access.Standing(alive=True, code=4501, streams=frozenset(who.streams))
        return token

    async def socket(self, who: Who | None, **changes: object) -> Socket:
        """Open a socket as this person, from our own page unless `headers` says otherwise."""
        portal = isinstance(who, access.PortalPatient)
        consumer: type[LiveConsumer] = PortalConsumer if portal else InboxConsumer
        entrance = Entrance(frozenset({ORIGIN}), lambda scope: "bt_staff")
        token = self.let_in(who) if who else "nobody"
        headers = [(b"origin", ORIGIN.encode()), (b"cookie", f"other=1; bt_staff={token}".encode())]
        wall = Wall() if self.direct else None
        scope: Scope = {"type": "websocket", "headers": headers, "extensions": {}, **changes}
        if wall:
            scope["extensions"] = {"bloomtext.socket": wall}
        socket = Socket(Door(consumer, self.live, entrance, self._whose), scope, wall)
        self.opened.append(socket)
        await socket.open()
        return socket

    async def hello(self, who: Who) -> Socket:
        """A socket that follows everything of this person from now on."""
        socket = await self.socket(who)
        socket.send({"t": "hello"})
        await socket.until(lambda: "live" in socket.kinds())
        return socket

    async def _whose(self, token: str) -> Who | None:
        return self.people.get(token)


@asynccontextmanager
async def clinic(*, direct: bool) -> AsyncIterator[Clinic]:
    made = Clinic(House(), direct=direct)
    await made.live.start()
    try:
        yield made
    finally:
        for socket in made.opened:
            if socket.task and not socket.task.done():
                await socket.leave()
        await made.live.stop()
