"""How pages look on this device: the reading size, in a cookie of its own that a plain link sets."""

from contextvars import ContextVar
from typing import Literal, get_args
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.doors import cookies, routes
from server.doors import scope as scopes
from server.doors.routes import Handler

Size = Literal["normal", "large", "largest"]
SIZES: tuple[Size, ...] = get_args(Size)
SIGNS = dict(zip(SIZES, ("A", "A+", "A++"), strict=True))
COOKIE = "bt_size"
SECONDS = 365 * 24 * 3600
FIELD = "size"
KEPT = ("c", "before")
"""What else of an address a link to another size keeps."""
SHOWN_AFTER_POST = ("/m/check", "/m/preferences", "/m/unsubscribe/{token}")
"""Addresses that answer GET with the page that a form of theirs shows."""


class Display(msgspec.Struct, frozen=True):
    """The size of the page that is being made, and where to ask for it in another one."""

    size: Size = "normal"
    path: str = "/m/"
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def choices(self) -> list[tuple[Size, str, str]]:
        """Each size with its sign and its address."""
        return [(size, SIGNS[size], f"{self.path}?{urlencode([*self.kept, (FIELD, size)])}") for size in SIZES]

    def at(self, before: int | None = None) -> str:
        """The address of the same conversation at its newest messages, or at those before a number."""
        kept = [pair for pair in self.kept if pair[0] != "before"]
        query = urlencode([*kept, *([("before", str(before))] if before else [])])
        return f"/m/thread?{query}" if query else "/m/thread"


_ORDINARY = Display()
_display: ContextVar[Display] = ContextVar("display", default=_ORDINARY)


def now() -> Display:
    """How the page of this request looks."""
    return _display.get()


def at(path: str, *, get: Handler | None = None, post: Handler | None = None, label: str | None = None) -> Route:
    """`routes.at` for pages that come in the reader's size."""
    return routes.at(path, get=get and _sized(get), post=post and _sized(post), label=label)


def begin(request: Request) -> Size | None:
    """Find out how the page of a request is to look; the size, where its address asks for one."""
    asked = _size(request.query_params.get(FIELD)) if request.method == "GET" else None
    kept = tuple((name, value) for name in KEPT if (value := request.query_params.get(name)))
    _display.set(Display(asked or _size(cookies.get(request, COOKIE)) or SIZES[0], _path(request), kept))
    return asked


def _sized(handler: Handler) -> Handler:
    async def serve(request: Request) -> Response:
        asked = begin(request)
        response = await handler(request)
        if asked:
            cookies.put(request, response, COOKIE, asked, seconds=SECONDS)
        return response

    return serve


def _size(said: str | None) -> Size | None:
    return next((size for size in SIZES if size == said), None)


def _path(request: Request) -> str:
    """Where GET shows this page again: for a page of GET its own address, which the browser knows. No page names it, so
    pages that must be equal are (B33), and no link's secret is in any.
    """
    label = request.scope.get(scopes.ROUTE, "")
    if request.method == "GET" or label in SHOWN_AFTER_POST:
        return ""
    return "/m/" if label in ("/m/open", "/m/new-link") else "/m/thread"
