"""The one gate in front of both doors: known host, slot, our own pages only, and the headers of every answer."""

import re
import secrets
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import audit, errors
from server.doors import acting, device, headers, problem, problems, source
from server.doors import scope as scopes
from server.doors.areas import Area, area_of
from server.doors.hosts import Hosts
from server.doors.problem import Problem
from server.errors import Refusal

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""For references that are said on the phone: none looks like another."""
_SLOT = re.compile(r"/~([234])(/.*)")
UNROUTED = "unrouted"


class Guard:
    """ASGI middleware. `framed`: only the demo may show our pages inside its own page."""

    def __init__(self, app: ASGIApp, *, hosts: Hosts, areas: Sequence[Area], framed: bool = False) -> None:
        self.app = app
        self.hosts = hosts
        self.areas = areas
        self.framed = framed
        self._headers: dict[tuple[str, str], list[tuple[bytes, bytes]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        is_known_slot = _enter_slot(scope, self.areas)
        area = area_of(self.areas, scope["path"])
        scope[scopes.HOSTS] = self.hosts
        scope[scopes.ROUTE] = UNROUTED
        scope[scopes.REFERENCE] = "".join(secrets.choice(LETTERS) for _ in range(8))
        scope[scopes.REFUSED] = area.refused
        origin = self._origin(scope)
        refusal = _host_unknown() if origin is None else None if is_known_slot else problem.of(errors.unknown())
        if scope["type"] == "websocket":
            await self._socket(refusal, scope, receive, send)
        else:
            refusal = refusal or _foreign(scope, area, origin or "")
            await self._request(refusal, scope, receive, self._dressed(send, area, origin or "http://localhost"))

    async def _socket(self, refusal: Problem | None, scope: Scope, receive: Receive, send: Send) -> None:
        """The socket's own wrapper checks the Origin; closing before accepting is a 403."""
        if refusal:
            await receive()
            await send({"type": "websocket.close", "code": 4403})
        else:
            await self.app(scope, receive, send)

    async def _request(self, refusal: Problem | None, scope: Scope, receive: Receive, send: Send) -> None:
        actor = audit.acting.set(audit.Actor("visitor", source=source.address(scope), device=device.of(scope)))
        try:
            if refusal:
                await problems.answer(Request(scope), refusal)(scope, receive, send)
            else:
                await self.app(scope, receive, send)
        finally:
            audit.acting.reset(actor)

    def _origin(self, scope: Scope) -> str | None:
        given = Headers(scope=scope).getlist("host")
        return self.hosts.origin_of(given[0]) if len(given) == 1 else None

    def _dressed(self, send: Send, area: Area, origin: str) -> Send:
        """Add the headers of the area to whatever is answered; an answer's own line stays."""
        lines = self._headers.get((area.prefix, origin))
        if lines is None:
            lines = self._headers[area.prefix, origin] = headers.every(area, origin, framed=self.framed)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.setdefault("headers", [])
                names = {name for name, _ in own}
                message["headers"] = [*own, *(line for line in lines if line[0] not in names)]
            await send(message)

        return dressed


def _enter_slot(scope: Scope, areas: Sequence[Area]) -> bool:
    """Take `/~2` off the address; False where nothing of that area exists in slots."""
    scope[scopes.SLOT] = 1
    found = _SLOT.fullmatch(scope["path"])
    if found is None:
        return True
    scope[scopes.SLOT] = int(found[1])
    scope["path"] = found[2]
    scope["root_path"] = f"{scope.get('root_path', '')}/~{found[1]}"
    return area_of(areas, scope["path"]).has_slots


def _host_unknown() -> Problem:
    return Problem(400, "wrong_shape", "This server does not answer to that name.")


def _foreign(scope: Scope, area: Area, origin: str) -> Problem | None:
    if scope["method"] in acting.SAFE or not area.is_ours_alone:
        return None
    try:
        acting.must_come_from_us(Headers(scope=scope), origin)
    except Refusal as refusal:
        return problem.of(refusal)
    return None
