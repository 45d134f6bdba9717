"""One HTTP connection: its deadlines, its refusals and its end."""

# Twisted, Autobahn and Daphne give few types and call their hooks in camel case.
# mypy: allow-untyped-calls
# ruff: noqa: N802

import asyncio
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from twisted.internet import tcp
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web import http

from server.launch import outlet, problems
from server.launch.flow import Flow

if TYPE_CHECKING:
    from server.launch.server import Server

DISCARD_BYTES = 1024 * 1024
"""What is read and thrown away after a refusal, so that the client can read our answer before the connection ends."""
DISCARD_SECONDS = 2.0
SLOWEST = 512
"""Bytes a second; a client that takes its answer more slowly is cut."""


class Stage(Enum):
    """Where a connection is between its first byte and its last."""

    HEADERS = "headers"
    BODY = "body"
    ANSWERING = "answering"
    SENDING = "sending"
    IDLE = "idle"
    REFUSED = "refused"
    CLOSING = "closing"


class Channel(http.HTTPChannel):
    """Twisted's HTTP/1.1 parser with one deadline at a time, each a whole one: no trickle moves it."""

    factory: Any
    transport: tcp.Connection  # type: ignore[assignment]
    upgraded: Any = None

    def connectionMade(self) -> None:
        self.server: Server = self.factory.server
        self.flow = Flow()
        self.stage = Stage.IDLE
        self.maxHeaders = self.server.limits.headers
        self.totalHeadersSize = self.MAX_LENGTH = self.server.limits.header_bytes
        self._deadline: asyncio.TimerHandle | None = None
        self._discarded = 0
        self._left = 0
        super().connectionMade()
        self.server.channels.add(self)
        self.enter(Stage.HEADERS, self.server.limits.header_seconds)

    def enter(self, stage: Stage, seconds: float | None) -> None:
        """Move on to a stage, to be over in so many seconds."""
        self.stage = stage
        self.cancel_deadline()
        if seconds is not None:
            self._deadline = self.server.loop.call_later(seconds, self._late)

    @property
    def target(self) -> bytes:
        """The raw address of the request whose headers have just come."""
        return cast("bytes", self._path)

    def cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def dataReceived(self, data: bytes) -> None:
        if self.stage is Stage.REFUSED:
            self._discard(len(data))
            return
        if self.stage is Stage.IDLE:
            self.enter(Stage.HEADERS, self.server.limits.header_seconds)
        super().dataReceived(data)

    def lineReceived(self, line: bytes) -> None:
        if self.stage is not Stage.REFUSED:
            super().lineReceived(line)

    def rawDataReceived(self, data: bytes) -> None:
        if self.upgraded is not None:
            # Frames that came in one piece with the handshake.
            self.upgraded.dataReceived(data)
        elif self.stage is not Stage.REFUSED:
            super().rawDataReceived(data)

    def lineLengthExceeded(self, _line: bytes) -> None:
        self.refuse(431)

    def allHeadersReceived(self) -> None:
        if self.stage is not Stage.REFUSED:
            self.enter(Stage.BODY, self.server.limits.body_time(self.target))
            super().allHeadersReceived()

    def allContentReceived(self) -> None:
        if self.stage is not Stage.REFUSED:
            self.enter(Stage.ANSWERING, self.server.limits.request_seconds)
            super().allContentReceived()

    def requestDone(self, request: http.Request) -> None:
        if self.server.draining:
            self.persistent = False
        self.enter(Stage.IDLE, self.server.limits.idle_seconds)
        super().requestDone(request)

    def pauseProducing(self) -> None:
        self.flow.pause()
        if self.stage is Stage.SENDING:
            self.enter(Stage.SENDING, self.server.limits.send_seconds)
        super().pauseProducing()

    def resumeProducing(self) -> None:
        self.flow.resume()
        if self.stage is Stage.SENDING:
            self.enter(Stage.SENDING, None)
        super().resumeProducing()

    def refuse(self, status: int) -> None:
        """Answer a request that will never reach the application, and end the connection."""
        if self.stage in (Stage.REFUSED, Stage.CLOSING):
            return
        self.enter(Stage.REFUSED, DISCARD_SECONDS)
        self.server.record("http", getattr(self, "_command", b""), status, 0, 0, "")
        self.transport.write(problems.page(status))
        self.transport.unregisterProducer()
        self.transport.loseWriteConnection()

    def loseConnection(self) -> None:
        """End the connection when all is sent; a client that does not take it is cut."""
        self._left = outlet.waiting(self.transport)
        self.enter(Stage.CLOSING, self.server.limits.send_seconds)
        super().loseConnection()

    def cut(self) -> None:
        """End the connection now: in good order if all is sent, else without the rest."""
        self.transport.unregisterProducer()
        self.transport.loseConnection()
        self.transport.abortConnection()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        self.cancel_deadline()
        self.flow.resume()
        self.server.channels.discard(self)
        super().connectionLost(reason)

    def _respondToBadRequestAndDisconnect(self) -> None:
        too_much = self._receivedHeaderSize > self.totalHeadersSize or self._receivedHeaderCount > self.maxHeaders
        self.refuse(431 if too_much else 400)

    def _send100Continue(self) -> None:
        if self.stage is not Stage.REFUSED:
            super()._send100Continue()

    def _discard(self, size: int) -> None:
        self._discarded += size
        if self._discarded > DISCARD_BYTES:
            self.cut()

    def _late(self) -> None:
        self._deadline = None
        if self.stage is Stage.ANSWERING:
            self.requests[0].answer_late()
        elif self.stage is Stage.IDLE:
            self.loseConnection()
        elif self.stage is Stage.CLOSING and self._is_taking():
            self.enter(Stage.CLOSING, self.server.limits.send_seconds)
        elif self.stage in (Stage.HEADERS, Stage.BODY) and self._has_begun():
            self.refuse(408)
        else:
            self.cut()

    def _has_begun(self) -> bool:
        # A browser opens spare connections that never say a word; they need no answer.
        return bool(self.requests or self._buffer)

    def _is_taking(self) -> bool:
        left, self._left = self._left, outlet.waiting(self.transport)
        return 0 < self._left <= left - SLOWEST * self.server.limits.send_seconds
