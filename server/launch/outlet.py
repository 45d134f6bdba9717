"""The way out of a socket: straight into the kernel while it takes everything, behind the transport's queue when not.

Twisted's own `write` queues first and asks the event loop to say when the socket is writable: two system calls more for
every frame. Measured, the straight way is 3.9 times as fast (`performance.md` §3 of the project's studies).
"""

# Twisted gives few types.
# mypy: allow-untyped-calls

import socket
from typing import Protocol

from twisted.internet import tcp

SLOW = 4001
"""Close code: the client reads too slowly; it comes back and catches up."""


class Closing(Protocol):
    """What an outlet needs of its websocket."""

    @property
    def is_sendable(self) -> bool: ...
    def close(self, code: int) -> None: ...


def waiting(transport: tcp.Connection) -> int:
    """Bytes in the transport's queue. Uses three attributes of Twisted's FileDescriptor that a test pins."""
    return len(transport.dataBuffer) - transport.offset + transport._tempDataLen


class Outlet:
    """One socket's way out. It implements `asgi.DirectSocket`."""

    __slots__ = ("_limit", "_owner", "_socket", "_transport")

    def __init__(self, owner: Closing, transport: tcp.Connection, limit: int) -> None:
        self._owner = owner
        self._transport = transport
        self._limit = limit
        # TLS must see every byte, and a Unix socket's transport may have descriptors to pass: both keep their queue.
        self._socket: socket.socket | None = transport.socket if type(transport) is tcp.Server else None

    @property
    def waiting(self) -> int:
        return waiting(self._transport)

    @property
    def is_open(self) -> bool:
        return self._owner.is_sendable

    def close(self, code: int) -> None:
        self._owner.close(code)

    def write(self, frames: bytes) -> bool:
        if not self._owner.is_sendable:
            return False
        sent = self._send_now(frames)
        if sent == len(frames):
            return True
        if not sent and waiting(self._transport) + len(frames) > self._limit:
            self._owner.close(SLOW)
            return False
        # A frame that has begun must be finished, or the close frame after it could not be read.
        self._transport.write(frames[sent:])
        if waiting(self._transport) > self._limit:
            self._owner.close(SLOW)
            return False
        return True

    def put(self, data: bytes) -> None:
        """Send without asking whether there is room: for control frames and handshakes."""
        sent = self._send_now(data)
        if sent < len(data):
            self._transport.write(data[sent:])

    def _send_now(self, data: bytes) -> int:
        transport = self._transport
        if self._socket is None or transport.TLS or transport.dataBuffer or transport._tempDataBuffer:
            return 0
        if not transport.connected or transport.disconnecting:
            return 0
        try:
            return self._socket.send(data)
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError:
            # The transport will meet the same error when it reads or writes, and ends the connection itself.
            return 0
