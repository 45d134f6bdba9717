"""The server itself: everything alive in one process, from the first port to the last farewell."""

# Twisted, Autobahn and Daphne give few types and call their hooks in camel case.
# mypy: allow-untyped-calls
# ruff: noqa: N802

import asyncio
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

import daphne.server
from daphne.ws_protocol import WebSocketFactory
from twisted.web import http

from server.launch import access_log, traces
from server.launch.asgi import Access, Application, Message, Receive, Scope
from server.launch.channel import Channel, Stage
from server.launch.lifespan import Lifespan
from server.launch.limits import Limits
from server.launch.proxies import Network
from server.launch.request import Request
from server.launch.websocket import Socket

Connection = Request | Socket

FAILED_TO_START = 1
RECEIVING_SECONDS = 2.0
"""How long a request that is still arriving may go on doing so once the server stops."""


class Factory(http.HTTPFactory):
    """Builds HTTP/1.1 channels. HTTP/2 needs TLS, which ends at the proxy before us."""

    protocol = Channel  # type: ignore[assignment]

    def __init__(self, server: "Server") -> None:
        # The channel has deadlines of its own, so Twisted's sliding one is off.
        super().__init__(timeout=None)  # type: ignore[arg-type]
        self.server = server

    def buildProtocol(self, addr: Any) -> Any:
        channel = super().buildProtocol(addr)
        channel.requestFactory = Request  # type: ignore[union-attr]
        return channel

    def log(self, request: http.Request) -> None:
        """Nothing: Twisted's log line would hold the whole address."""


class Server(daphne.server.Server):  # type: ignore[misc]
    """Daphne with a lifespan, a drain and prompt ends. Its two periodic walks over all connections are gone."""

    def __init__(
        self,
        application: Application,
        loop: asyncio.AbstractEventLoop,
        reactor: Any,
        *,
        limits: Limits,
        trusted_proxies: tuple[Network, ...],
        on_access: Callable[[Access], None],
        on_drain: Callable[[], object],
    ) -> None:
        super().__init__(application, endpoints=["none"], server_name="")
        self.loop = loop
        self.reactor = reactor
        self.limits = limits
        self.trusted_proxies = trusted_proxies
        self.lifespan = Lifespan(application)
        self.channels: set[Channel] = set()
        self.sockets: set[Socket] = set()
        self.draining = False
        self.stopping = asyncio.Event()
        self._on_access = on_access
        self._on_drain = on_drain
        self._tasks: dict[Connection, asyncio.Task[None]] = {}
        self._farewells: dict[Connection, asyncio.TimerHandle] = {}
        self._held_bytes = 0
        self._ports: list[Any] = []
        self._make_factories()

    def _make_factories(self) -> None:
        self.http_factory = Factory(self)
        self.ws_factory = WebSocketFactory(self, server="")
        self.ws_factory.protocol = Socket
        self.ws_factory.setProtocolOptions(
            allowNullOrigin=True,
            openHandshakeTimeout=self.limits.handshake_seconds,
            closeHandshakeTimeout=self.limits.close_seconds,
            autoPingInterval=self.limits.ping_seconds,
            autoPingTimeout=self.limits.pong_seconds,
            maxMessagePayloadSize=self.limits.frame_bytes,
            maxFramePayloadSize=self.limits.frame_bytes,
        )

    # -- a life --------------------------------------------------------------------------------------------------

    async def live(self, sockets: list[socket.socket], on_ready: Callable[[], None]) -> int:
        """Start, listen, serve until told to stop, drain, stop. Returns the exit code."""
        self._watch_signals()
        if not await self._start():
            return FAILED_TO_START
        if not self.stopping.is_set():
            self._listen(sockets)
            on_ready()
            await self.stopping.wait()
        await self._drain()
        return 0 if await self.lifespan.stop() else 1

    async def _start(self) -> bool:
        start = self.loop.create_task(self.lifespan.start())
        stop = self.loop.create_task(self.stopping.wait())
        await asyncio.wait({start, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        # An order to stop that comes during the start waits for it: a half-started application cannot put things away.
        if await start:
            return True
        error = self.lifespan.error
        traces.log.error("The application could not start: %s", traces.where(error) if error else "it gave no reason")
        return False

    def _listen(self, sockets: list[socket.socket]) -> None:
        for listener in sockets:
            listener.setblocking(False)
            self._ports.append(self.reactor.adoptStreamPort(listener.fileno(), listener.family, self.http_factory))
            listener.close()

    def _watch_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            self.loop.add_signal_handler(number, self.stop)

    def stop(self) -> None:
        """Begin to drain. From now on a signal ends the process at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self.loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        self.stopping.set()

    # -- the drain -----------------------------------------------------------------------------------------------

    async def _drain(self) -> None:
        self.draining = True
        try:
            self._on_drain()
        except Exception as error:
            traces.log.error("Saying that we are not ready failed: %s", traces.where(error))
        await asyncio.sleep(self.limits.unready_seconds)
        for port in self._ports:
            port.stopListening()
        for connection in list(self._tasks):
            if isinstance(connection, Socket):
                connection.turn_away()
        await self._finish_requests()
        await self._cancel_applications()
        for channel in list(self.channels):
            channel.cut()

    async def _finish_requests(self) -> None:
        end = self.loop.time() + self.limits.grace_seconds
        receiving_end = min(end, self.loop.time() + RECEIVING_SECONDS)
        while self.loop.time() < end and (self._tasks or self.channels):
            late = self.loop.time() >= receiving_end
            for channel in list(self.channels):
                self._hurry(channel, late)
            await asyncio.sleep(0.02)

    @staticmethod
    def _hurry(channel: Channel, late: bool) -> None:
        if channel.stage is Stage.IDLE or (channel.stage is Stage.HEADERS and not channel.requests):
            channel.loseConnection()
        elif late and channel.stage in (Stage.HEADERS, Stage.BODY):
            channel.refuse(503)

    async def _cancel_applications(self) -> None:
        leftovers = list(self._tasks.items())
        for connection, task in leftovers:
            connection.turn_away()
            task.cancel()
        # A task that swallows its cancellation must not keep the process: CPython has crashed on such at exit, so what
        # is still there after a moment is reported and the process ends all the same.
        if leftovers:
            await asyncio.wait([task for _, task in leftovers], timeout=2)

    # -- applications --------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """The lifespan's state, a copy for every scope."""
        return dict(self.lifespan.state)

    def protocol_connected(self, protocol: Connection) -> None:
        """Daphne's book of connections is not kept; ours are `channels`, `sockets` and the running tasks."""

    def protocol_disconnected(self, protocol: Connection) -> None:
        """Give the application a while to notice that its client has left, then cancel it."""
        task = self._tasks.get(protocol)
        if task is not None and protocol not in self._farewells:
            self._farewells[protocol] = self.loop.call_later(self.limits.task_seconds, task.cancel)

    def create_application(self, protocol: Connection, scope: Scope, receive: Receive) -> None:
        """Run the application for one request or socket."""
        self._tasks[protocol] = self.loop.create_task(self._run(protocol, scope, receive))

    async def _run(self, protocol: Connection, scope: Scope, receive: Receive) -> None:
        try:
            await self.application(scope, receive, partial(self.handle_reply, protocol))
            protocol.application_returned()
        except asyncio.CancelledError:
            protocol.turn_away()
            raise
        except Exception as error:
            protocol.handle_exception(error)
        finally:
            del self._tasks[protocol]
            farewell = self._farewells.pop(protocol, None)
            if farewell is not None:
                farewell.cancel()

    async def handle_reply(self, protocol: Connection, message: Message) -> None:
        """The application's `send`: waits until the client takes more, so that no queue grows without end."""
        await protocol.writable()
        if message["type"] == "http.response.start":
            self.check_headers_type(message)
        protocol.handle_reply(message)

    def hold(self, size: int) -> bool:
        """Take (or, below zero, give back) bytes of the memory that bodies may use together."""
        if size > 0 and self._held_bytes + size > self.limits.held_bytes:
            return False
        self._held_bytes += size
        return True

    # -- the log -------------------------------------------------------------------------------------------------

    def record(self, kind: str, method: bytes, status: int, took: float, size: int, route: str) -> None:
        """Tell the access log of one answer or socket; its own errors must not hurt the answer."""
        access: Access = {
            "kind": kind,
            "method": access_log.method_name(method),
            "status": int(status),
            "ms": round(took * 1000),
            "bytes": size,
            "route": route,
        }
        try:
            self._on_access(access)
        except Exception as error:
            traces.log.error("The access log failed: %s", traces.where(error))

    def report(self, error: BaseException, reference: str) -> None:
        """Log an application's error: its kind and place, never its words."""
        traces.log.error("The application failed%s: %s", f" [{reference}]" if reference else "", traces.where(error))
