"""A small application behind the real guard."""

from collections.abc import Callable

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from server import errors
from server.doors import guard, hosts, problems, routes
from server.doors import scope as scopes
from server.doors.areas import Area
from server.doors.problem import Problem

Client = Callable[..., httpx2.AsyncClient]


def page(request: Request, problem: Problem) -> Response:
    return HTMLResponse(f"<p>{problem.sentence}</p>", problem.status)


async def look(request: Request) -> Response:
    seen = {"slot": scopes.slot(request.scope), "base": scopes.base(request.scope)}
    return JSONResponse({**seen, "route": request.scope[scopes.ROUTE]})


async def break_down(request: Request) -> Response:
    raise ValueError("Ines Calderon, born 1985-03-14")


async def without_database(request: Request) -> Response:
    raise ConnectionRefusedError


async def refuse(request: Request) -> Response:
    raise errors.too_many(7)


async def listen(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def house(url: str = "http://localhost:8000", *, framed: bool = False) -> Starlette:
    """What the guard guards here."""
    areas = [Area("/", refused=page, has_slots=True), Area("/api"), Area("/m", page, referrer="no-referrer")]
    areas.append(Area("/webhooks", is_ours_alone=False))
    handlers = {"/look/{id}": look, "/api/break": break_down, "/break": break_down, "/api/away": without_database}
    handlers |= {"/api/often": refuse, "/often": refuse, "/m/look": look, "/webhooks/look": look}
    app = Starlette(
        routes=[
            *(routes.at(path, get=handler, post=handler) for path, handler in handlers.items()),
            WebSocketRoute("/socket", listen),
        ],
        middleware=[
            Middleware(guard.Guard, hosts=hosts.of(url), areas=areas, framed=framed),
            Middleware(problems.Faults),
        ],
        exception_handlers=problems.HANDLERS,
    )
    app.router.redirect_slashes = False
    return app


@pytest.fixture
def client() -> Client:
    """A client of the small application."""

    def make(url: str = "http://localhost:8000", *, framed: bool = False) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(house(url, framed=framed)), base_url=url)

    return make
