"""One HTTP request: its body within limits, its scope, the application's answer."""

# Twisted, Autobahn and Daphne give few types and call their hooks in camel case.
# mypy: allow-untyped-calls
# ruff: noqa: N802

import io
import secrets
import tempfile
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote

from daphne import http_protocol
from daphne.utils import HEADER_NAME_RE, INVALID_HEADER_VALUE_BYTES
from twisted.python.failure import Failure
from twisted.web import http

from server.launch import problems, proxies
from server.launch.asgi import ROUTE, Message, Scope
from server.launch.channel import Channel, Stage
from server.launch.flow import Flow

if TYPE_CHECKING:
    from server.launch.server import Server
    from server.launch.websocket import Socket

SPOOL_BYTES = 1024 * 1024
"""A body is kept in memory up to this size, and in a nameless file beyond it."""
CHUNK_BYTES = 64 * 1024
LEFT = 499
"""What the access log says when the client did not wait for the answer."""


class ClientLeft(OSError):
    """Nobody is there to hear the answer. ASGI 2.4 tells an application so by an OSError from `send`."""


def is_about_leaving(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, is a client's leaving: nobody's fault."""
    while error is not None and not isinstance(error, ClientLeft):
        error = error.__cause__ or error.__context__
    return error is not None


class Request(http_protocol.WebRequest):  # type: ignore[misc]
    """Daphne's request, with the parts replaced that buffer without bound or believe the client."""

    server: "Server"
    channel: Channel
    content: IO[bytes]
    transport: Any
    args: dict[bytes, list[bytes]]
    _response_started: bool
    scope: Scope
    _gone: Flow
    _started_at = 0.0
    _held = 0
    _limit = 0
    _body_read = False
    _is_asked = False

    # -- the body ------------------------------------------------------------------------------------------------

    def gotLength(self, length: int | None) -> None:
        self._limit = self.server.limits.body_limit(self.channel.target)
        # The request closes it, in Twisted's own clean-up.
        self.content = io.BytesIO() if length == 0 else tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115
        if length is not None and length > self._limit:
            self.channel.refuse(413)

    def handleContentChunk(self, data: bytes) -> None:
        if self.channel.stage is Stage.REFUSED:
            return
        held, self._held = self._held, self._held + len(data)
        if self._held > self._limit:
            self._held = held
            self.channel.refuse(413)
        elif not self.server.hold(min(self._held, SPOOL_BYTES) - min(held, SPOOL_BYTES)):
            self._held = held
            self.channel.refuse(503)
        else:
            self.content.write(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        # Twisted would read forms and files into memory here, for arguments that nobody asks for.
        self.method, self.uri, self.clientproto = command, path, version
        self.path, _, self.query_string = path.partition(b"?")
        self.args = {}
        self.content.seek(0)
        self.process()

    # -- on to the application -----------------------------------------------------------------------------------

    def process(self) -> None:
        self._started_at = self.server.loop.time()
        if not self._can_be_read():
            self._refuse()
            return
        self.scope = self._scope()
        upgrade = self.requestHeaders.getRawHeaders(b"Upgrade") or [b""]
        if upgrade[0].lower() == b"websocket":
            self._upgrade()
        else:
            self._gone = Flow()
            self._gone.pause()
            self._is_asked = True
            self.server.create_application(self, self.scope, self._receive)

    def _can_be_read(self) -> bool:
        for name, values in self.requestHeaders.getAllRawHeaders():
            if not HEADER_NAME_RE.fullmatch(name):
                return False
            if any(INVALID_HEADER_VALUE_BYTES.intersection(value) for value in values):
                return False
        hosts = self.requestHeaders.getRawHeaders(b"Host") or []
        return self.uri.isascii() and (len(hosts) == 1 or (not hosts and self.clientproto != b"HTTP/1.1"))

    def _refuse(self) -> None:
        self.channel.persistent = 0
        self.responseHeaders.setRawHeaders(b"Connection", [b"close"])
        self.basic_error(400, b"", "")

    def _scope(self) -> Scope:
        raw = [(name.lower(), value) for name, values in self.requestHeaders.getAllRawHeaders() for value in values]
        # A proxy may read `X_Y` as `X-Y` (CVE-2015-0219): names with an underscore go no further.
        headers = [(name, value) for name, value in raw if b"_" not in name and not proxies.is_edge_header(name)]
        peer = str(getattr(self.client, "host", proxies.LOCAL))
        address, scheme = proxies.caller(peer, raw, self.server.trusted_proxies)
        port = getattr(self.client, "port", 0) if address == peer else 0
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": self.clientproto.rpartition(b"/")[2].decode("ascii", "replace"),
            "method": self.method.decode("ascii", "replace"),
            "scheme": scheme or ("https" if self.isSecure() else "http"),
            "path": unquote(self.path.decode("ascii")),
            "raw_path": self.path,
            "query_string": self.query_string,
            "root_path": "",
            "headers": headers,
            "client": (address, port),
            "server": (str(getattr(self.host, "host", "")), getattr(self.host, "port", None)),
            "state": self.server.state(),
            "extensions": {},
        }

    async def _receive(self) -> Message:
        if self._body_read or self.finished or self._disconnected:
            await self._gone.open()
            return {"type": "http.disconnect"}
        chunk = self.content.read(CHUNK_BYTES)
        self._body_read = self.content.tell() >= self._held
        return {"type": "http.request", "body": chunk, "more_body": not self._body_read}

    def _upgrade(self) -> None:
        if self._held:
            self._refuse()
            return
        self.channel.cancel_deadline()
        socket: Socket = self.server.ws_factory.buildProtocol(self.transport.getPeer())
        socket.invite(self.scope)
        transport, self.transport = self.transport, None
        transport.unregisterProducer()
        transport.protocol = self.channel.upgraded = socket
        socket.makeConnection(transport)
        self.server.channels.discard(self.channel)
        self.server.protocol_disconnected(self)
        socket.dataReceived(self._handshake())
        transport.resumeProducing()

    def _handshake(self) -> bytes:
        lines = [self.method + b" " + self.uri + b" HTTP/1.1"]
        lines += [name + b": " + b",".join(values) for name, values in self.requestHeaders.getAllRawHeaders()]
        return b"\r\n".join(lines) + b"\r\n\r\n"

    # -- the answer ----------------------------------------------------------------------------------------------

    def handle_reply(self, message: Message) -> None:
        if self._disconnected:
            raise ClientLeft
        if self.finished:
            return
        if message["type"] == "http.response.start":
            self._start(message)
        elif message["type"] == "http.response.body":
            self._continue(message)
        else:
            raise ValueError("an HTTP answer has a start and a body")

    def _start(self, message: Message) -> None:
        if self._response_started:
            raise ValueError("this answer has already begun")
        self._response_started = True
        self.setResponseCode(message["status"])
        for name, value in message.get("headers", ()):
            self.responseHeaders.addRawHeader(name, value)
        if self.server.draining:
            self.responseHeaders.setRawHeaders(b"Connection", [b"close"])
        self.channel.enter(Stage.SENDING, None)

    def _continue(self, message: Message) -> None:
        if not self._response_started:
            raise ValueError("this answer has not begun")
        self.write(message.get("body", b""))
        if not message.get("more_body", False):
            self.finish()

    async def writable(self) -> None:
        """Return when the client has taken enough of what it was sent to be sent more."""
        if not self.finished and not self._disconnected:
            await self.channel.flow.open()

    def basic_error(self, status: int, _phrase: bytes, reference: Any) -> None:
        document = problems.body(status, str(reference) or None)
        self.handle_reply(
            {"type": "http.response.start", "status": status, "headers": problems.headers(status, document)}
        )
        self.handle_reply({"type": "http.response.body", "body": document})

    def handle_exception(self, exception: BaseException) -> None:
        """The application raised: a short page with a reference that stands in our log, or a cut answer."""
        if is_about_leaving(exception):
            return
        reference = secrets.token_hex(4)
        self.server.report(exception, reference)
        if self.finished or self._disconnected:
            return
        if self._response_started:
            self.channel.cut()
        else:
            self.basic_error(500, b"", reference)

    def application_returned(self) -> None:
        """The application is done; one that has not answered in full has failed."""
        if not self.finished and not self._disconnected:
            self.handle_exception(RuntimeError("the application returned without a whole answer"))

    def answer_late(self) -> None:
        """The application took too long to begin."""
        self.basic_error(503, b"", "")

    def turn_away(self) -> None:
        """The server stops and has waited long enough."""
        if self.finished or self._disconnected:
            return
        if self._response_started:
            self.channel.cut()
        else:
            self.answer_late()

    # -- the end -------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        size = self.sentLength
        http.Request.finish(self)
        self._end(self.code, size)

    def connectionLost(self, reason: Failure) -> None:
        http.Request.connectionLost(self, reason)
        if self._is_asked and not self.finished:
            self._end(LEFT, self.sentLength)
        else:
            self._release()
            self.server.protocol_disconnected(self)

    def _end(self, status: int, size: int) -> None:
        self._release()
        if self._is_asked:
            self._gone.resume()
        route = str(self.scope.get(ROUTE, "")) if hasattr(self, "scope") else ""
        took = self.server.loop.time() - self._started_at
        self.server.record("http", self.method, status, took, size, route)
        self.server.protocol_disconnected(self)

    def _release(self) -> None:
        self.server.hold(-min(self._held, SPOOL_BYTES))
        self._held = 0
