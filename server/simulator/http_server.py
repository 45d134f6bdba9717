"""A small ASGI server that can do what real servers are built not to do: cut a connection, or never answer.

An app asks for either by sending `simulator.cut` or `simulator.silence` instead of a response.
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote

import h11

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

LONGEST_BODY = 16 << 20


class BrokenRuleError(Exception):
    """The client broke the rules: its connection is cut without an answer."""


class HttpServer:
    """Serves one app on one listening socket. Every answer ends its connection, so nothing is ever reused stale."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._server: asyncio.Server | None = None
        self._talks = set[asyncio.Task[None]]()

    async def start(self, sock: socket.socket) -> int:
        """Begin to serve; give the port."""
        self._server = await asyncio.start_server(self._talk, sock=sock)
        port: int = sock.getsockname()[1]
        return port

    async def stop(self) -> None:
        """End all connections."""
        if self._server:
            self._server.close()
        for talk in list(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:  # pragma: no cover - a callback of start_server always runs in a task
            return
        self._talks.add(task)
        try:
            await _Exchange(reader, writer).run(self._app)
        except (BrokenRuleError, ConnectionError, h11.ProtocolError):
            writer.transport.abort()
        finally:
            self._talks.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


class _Exchange:
    """One request and its answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._http = h11.Connection(h11.SERVER)
        self._body: bytes | None = None

    async def run(self, app: App) -> None:
        request = await self._next(h11.Request)
        body = bytearray()
        while isinstance(part := await self._next(h11.Data, h11.EndOfMessage), h11.Data):
            body += part.data
            if len(body) > LONGEST_BODY:
                raise BrokenRuleError
        self._body = bytes(body)
        await app(_scope(request), self._receive, self._send)

    async def _next(self, *kinds: type[h11.Event]) -> Any:
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                if self._http.they_are_waiting_for_100_continue:
                    raise BrokenRuleError
                self._http.receive_data(await self._reader.read(65_536))
            elif isinstance(event, kinds):
                return event
            else:
                raise BrokenRuleError

    async def _receive(self) -> Message:
        if self._body is None:
            await self._until_they_leave()
            return {"type": "http.disconnect"}
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def _send(self, message: Message) -> None:
        match message["type"]:
            case "http.response.start":
                headers = [*message["headers"], (b"connection", b"close")]
                self._write(h11.Response(status_code=message["status"], headers=headers))
            case "http.response.body":
                if message.get("body"):
                    self._write(h11.Data(data=message["body"]))
                if not message.get("more_body"):
                    self._write(h11.EndOfMessage())
                await self._writer.drain()
            case "simulator.silence":
                await self._until_they_leave()
            case "simulator.cut":
                # Raising would make the framework answer 500. A quiet end is what the carrier's library repeats on.
                self._writer.close()
            case odd:
                raise ValueError(f"Expected a response, a cut or silence, got {odd}")

    async def _until_they_leave(self) -> None:
        while await self._reader.read(65_536):
            pass

    def _write(self, event: h11.Event) -> None:
        self._writer.write(self._http.send(event) or b"")


def _scope(request: h11.Request) -> Message:
    path, _, query = request.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method.decode(),
        "scheme": "http",
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(bytes(name), bytes(value)) for name, value in request.headers],
        "client": None,
        "server": None,
    }
