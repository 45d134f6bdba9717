"""The few shapes the launcher shares with an application."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol, TypedDict

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SOCKET = "bloomtext.socket"
"""The key in `scope["extensions"]` under which a websocket's `DirectSocket` lies; absent under other servers."""

ROUTE = "bloomtext.route"
"""The key in the scope under which the application may leave the name of its route, for the access log."""


class Access(TypedDict):
    """One line of the access log. Never a path, a query, an address of a person or a header."""

    kind: str
    """`http` or `websocket`."""
    method: str
    status: int
    """The HTTP status, or the close code of a socket; 499 when the client left before its answer."""
    ms: int
    bytes: int
    route: str


class DirectSocket(Protocol):
    """A websocket's way out, past the queues of the ASGI server."""

    def write(self, frames: bytes) -> bool:
        """Send whole server frames after all that was sent before. False: closed, or too slow and now closing."""
        ...

    @property
    def waiting(self) -> int:
        """Bytes that the kernel has not yet taken."""
        ...

    @property
    def is_open(self) -> bool: ...

    def close(self, code: int) -> None:
        """Begin the closing handshake with this code."""
        ...
