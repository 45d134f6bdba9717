"""Where sockets come in: strangers' pages are refused before there is a socket, then it is found out who knocks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from starlette.routing import WebSocketRoute

from realtime.closing import Close
from realtime.consumers import WHO, InboxConsumer, LiveConsumer, PortalConsumer, Receive, Scope, Send
from realtime.live import Live
from server import access

log = structlog.get_logger()

Whose = Callable[[str], Awaitable[access.Staff | access.PortalPatient | None]]


@dataclass(frozen=True, slots=True)
class Entrance:
    """Which pages may open sockets here (scheme, host and port, exactly), and in which cookie the session is.

    `cookie` is asked for each socket because the name depends on the slot (`scope["bloomtext.slot"]`).
    """

    origins: frozenset[str]
    cookie: Callable[[Scope], str]


class Door:
    """An ASGI application in front of a consumer. Starlette takes an object, not a function, for an application."""

    def __init__(self, consumer: type[LiveConsumer], live: Live, entrance: Entrance, whose: Whose) -> None:
        self._app = consumer.as_asgi(live=live)
        self._name = consumer.__name__
        self._entrance = entrance
        self._whose = whose

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["bloomtext.route"] = self._name
        origins = _headers(scope, b"origin")
        if len(origins) != 1 or origins[0] not in self._entrance.origins:
            # B36: a close before the accept is a 403.
            await receive()
            await send({"type": "websocket.close"})
            return
        token = _cookie(scope, self._entrance.cookie(scope))
        try:
            scope[WHO] = await self._whose(token) if token else None
        except Exception as failure:
            log.warning("socket.whose_failed", error=type(failure).__name__)
            await _come_back(receive, send)
            return
        await self._app(scope, receive, send)


def routes(live: Live, *, staff: Entrance, portal: Entrance) -> list[WebSocketRoute]:
    """`/live/inbox/` and `/live/portal/`, for a Starlette application's list of routes."""
    return [
        WebSocketRoute("/live/inbox/", Door(InboxConsumer, live, staff, access.whoever), name="live.inbox"),
        WebSocketRoute("/live/portal/", Door(PortalConsumer, live, portal, access.portal_patient), name="live.portal"),
    ]


async def _come_back(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": int(Close.RESTARTING)})


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _cookie(scope: Scope, name: str) -> str | None:
    """The value of a cookie, if it is there exactly once: of two, nobody can say which is ours."""
    pairs = [pair.strip().partition("=") for line in _headers(scope, b"cookie") for pair in line.split(";")]
    values = {value for key, _, value in pairs if key == name}
    return values.pop() if len(values) == 1 else None
