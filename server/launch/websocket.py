"""One websocket: bounded inwards and outwards, with close codes that reach the other side."""

# Twisted, Autobahn and Daphne give few types and call their hooks in camel case.
# mypy: allow-untyped-calls
# ruff: noqa: N802, N803

from typing import TYPE_CHECKING

from autobahn.websocket.types import ConnectionDeny
from daphne import ws_protocol
from twisted.internet import defer, tcp

from server.launch import outlet, problems
from server.launch.asgi import ROUTE, SOCKET, Message, Scope
from server.launch.channel import DISCARD_BYTES
from server.launch.flow import Flow, Inbox

if TYPE_CHECKING:
    from server.launch.server import Server

NO_CODE = 1005
FAILED = 1011
RESTARTING = 1012
UNSENDABLE = frozenset({1004, NO_CODE, 1006, 1015})
"""Codes of the protocol's own range that must not stand in a close frame (RFC 6455 §7.4.1)."""


def sendable(code: int | None) -> int:
    """The code to send for the one that the application asked for; what may not be sent becomes 1011."""
    if code is None:
        return 1000
    is_known = 1000 <= code <= 1014 or 3000 <= code <= 4999
    return code if is_known and code not in UNSENDABLE else FAILED


class Socket(ws_protocol.WebSocketProtocol):  # type: ignore[misc]
    """Daphne's websocket, with our queue in, our outlet out, and our end."""

    transport: tcp.Connection
    server: "Server"
    _discarded = 0
    _refused = 0
    _is_asked = False

    def invite(self, scope: Scope) -> None:
        """Take over the scope of the HTTP request that asks for this socket."""
        self.scope = scope
        self.server = self.factory.server_class
        self.flow = Flow()
        self.inbox = Inbox(self.server.limits.inbox_frames, self._hold, self._release)
        self.socket_opened = self.server.loop.time()

    # -- the handshake -------------------------------------------------------------------------------------------

    def makeConnection(self, transport: tcp.Connection) -> None:
        self.outlet = outlet.Outlet(self, transport, self.server.limits.backlog_bytes)
        transport.registerProducer(self, True)
        super().makeConnection(transport)

    def onConnect(self, _request: object) -> "defer.Deferred[str | None]":
        if self.server.draining:
            raise ConnectionDeny(503, "")
        self.handshake_deferred: defer.Deferred[str | None] = defer.Deferred()
        secure = self.scope["scheme"] == "https"
        self.scope.update(type="websocket", scheme="wss" if secure else "ws", subprotocols=self.websocket_protocols)
        self.scope["extensions"] = {SOCKET: self.outlet}
        # Version 2.3: a send after the end is silently lost, because consumers send to whom they do not await.
        self.scope["asgi"] = {"version": "3.0", "spec_version": "2.3"}
        del self.scope["method"]
        self.server.protocol_connected(self)
        self._is_asked = True
        self.inbox.put({"type": "websocket.connect"})
        self.server.create_application(self, self.scope, self.inbox.receive)
        return self.handshake_deferred

    def _answer(self, answer: "str | ConnectionDeny | None") -> None:
        waiting = self.__dict__.pop("handshake_deferred", None)
        if waiting is not None and self.state == self.STATE_CONNECTING:
            (waiting.errback if isinstance(answer, ConnectionDeny) else waiting.callback)(answer)

    def onOpen(self) -> None:
        self.server.sockets.add(self)
        if self.server.draining:
            self.close(RESTARTING)

    def failHandshake(self, reason: str, code: int = 400, responseHeaders: object = None) -> None:
        # To Autobahn an Origin that is there twice or is no address is a fault of form; to us, a foreign page (B36).
        super().failHandshake(reason, 403 if reason.startswith("HTTP Origin header") else code, responseHeaders)

    def sendHttpErrorResponse(self, code: int, _reason: str, _headers: object = None) -> None:
        self._refused = code
        self.sendData(problems.page(code if code in (403, 405, 503) or code >= 500 else 400))

    # -- in ------------------------------------------------------------------------------------------------------

    def dataReceived(self, data: bytes) -> None:
        if not self.failedByMe:
            super().dataReceived(data)
            return
        self._discarded += len(data)
        if self._discarded > DISCARD_BYTES:
            self.dropConnection(abort=True)

    def consumeData(self) -> None:
        if self.state == self.STATE_CONNECTING:
            super().consumeData()
            return
        while not (self.inbox.is_full or self.failedByMe or self.state == self.STATE_CLOSED):
            if not self.processData():
                break
        if self.failedByMe:
            self.data = b""

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        if isBinary:
            self.inbox.put({"type": "websocket.receive", "bytes": payload})
        else:
            self.inbox.put({"type": "websocket.receive", "text": payload.decode()})

    def _hold(self) -> None:
        self.transport.pauseProducing()

    def _release(self) -> None:
        self.server.loop.call_soon(self._read_on)

    def _read_on(self) -> None:
        if self.state in (self.STATE_OPEN, self.STATE_CLOSING):
            self.consumeData()
            if not self.inbox.is_full:
                self.transport.resumeProducing()

    # -- out -----------------------------------------------------------------------------------------------------

    def handle_reply(self, message: Message) -> None:
        if message["type"] == "websocket.accept":
            self._accept(message.get("subprotocol"))
        elif message["type"] == "websocket.close":
            self._close_or_reject(message.get("code"), message.get("reason") or "")
        elif message["type"] == "websocket.send":
            self._send_message(message)
        else:
            raise ValueError("a websocket is accepted, sent to and closed")

    def _accept(self, subprotocol: str | None) -> None:
        if subprotocol is not None and subprotocol not in self.websocket_protocols:
            raise ValueError("the client did not offer this subprotocol")
        self._answer(subprotocol)

    def _close_or_reject(self, code: int | None, reason: str) -> None:
        if self.state == self.STATE_CONNECTING:
            self._answer(ConnectionDeny(403, ""))
        else:
            self.close(sendable(code), reason)

    def _send_message(self, message: Message) -> None:
        if self.state == self.STATE_CONNECTING:
            raise ValueError("this socket is not accepted yet")
        if not self.is_sendable:
            return
        payload = message.get("bytes")
        data = message["text"].encode() if payload is None else payload
        if self.outlet.waiting + len(data) > self.server.limits.backlog_bytes:
            self.close(outlet.SLOW)
        else:
            self.sendMessage(data, payload is not None)

    async def writable(self) -> None:
        """Return when the client has taken enough to be sent more, or is gone."""
        await self.flow.open()

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        # Everything leaves through the outlet, so that frames of both ways keep their order.
        self.outlet.put(data)

    def pauseProducing(self) -> None:
        self.flow.pause()

    def resumeProducing(self) -> None:
        self.flow.resume()

    def stopProducing(self) -> None:
        self.flow.resume()

    # -- the end -------------------------------------------------------------------------------------------------

    @property
    def is_sendable(self) -> bool:
        """Whether frames may be sent. (Autobahn's `is_open` is a future.)"""
        return bool(self.state == self.STATE_OPEN)

    def close(self, code: int, reason: str = "") -> None:
        """Begin the closing handshake; after `close_seconds` without an answer the connection is cut."""
        if self.state == self.STATE_OPEN:
            words = reason.encode()[:120].decode("utf-8", "ignore").encode()
            self.sendCloseFrame(code=sendable(code), reasonUtf8=words or None)

    def turn_away(self) -> None:
        """The server stops: a socket is told to come back, a handshake is refused."""
        self._answer(ConnectionDeny(503, ""))
        self.close(RESTARTING)

    def handle_exception(self, exception: BaseException) -> None:
        """The application raised."""
        self.server.report(exception, "")
        self._answer(ConnectionDeny(500, ""))
        self.close(FAILED)

    def application_returned(self) -> None:
        """The application is done with this socket without a word: so are we."""
        self._answer(ConnectionDeny(500, ""))
        self.close(1000)

    def _fail_connection(self, code: int = 1001, reason: str = "") -> None:
        """The client broke a rule: say so in a close frame, then read no more of what it sends."""
        if self.state != self.STATE_OPEN:
            self.dropConnection(abort=True)
            return
        self.failedByMe = True
        self.close(code)
        self.transport.unregisterProducer()
        self.transport.loseWriteConnection()
        self.transport.resumeProducing()

    def dropConnection(self, abort: bool = False) -> None:
        # After a whole closing handshake there is nothing left to lose by closing in good order.
        super().dropConnection(abort and not self.wasClean)
        if outlet.waiting(self.transport):
            self.server.loop.call_later(self.server.limits.close_seconds, self.transport.abortConnection)

    def onClose(self, _was_clean: bool, code: int | None, _reason: str | None) -> None:
        self.server.sockets.discard(self)
        self.flow.resume()
        final = (self.localCloseCode if self.closedByMe else code) or NO_CODE
        if not self._is_asked:
            return
        self.inbox.put({"type": "websocket.disconnect", "code": final})
        took = self.server.loop.time() - self.socket_opened
        self.server.record("websocket", b"GET", self._refused or final, took, 0, str(self.scope.get(ROUTE, "")))
        self.server.protocol_disconnected(self)

    def __repr__(self) -> str:
        return "<Socket>"
