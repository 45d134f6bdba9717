"""A route of either door: its methods, its label for the log, and a proper no for every other method."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from server.doors import scope as scopes

Handler = Callable[[Request], Awaitable[Response]]


class Methods:
    """The ASGI endpoint of one address. HEAD is GET without its body."""

    def __init__(self, label: str, handlers: Mapping[str, Handler]) -> None:
        self.label = label
        self.handlers = handlers
        heads = ["HEAD"] if "GET" in handlers else []
        self.allow = ", ".join(sorted([*handlers, *heads, "OPTIONS"]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the handler of the method.

        :raises HTTPException: 405 with `Allow`
        """
        scope[scopes.ROUTE] = self.label
        method = scope["method"]
        if method == "OPTIONS":
            await Response(status_code=204, headers={"Allow": self.allow})(scope, receive, send)
            return
        handler = self.handlers.get("GET" if method == "HEAD" else method)
        if handler is None:
            raise HTTPException(405, headers={"Allow": self.allow})
        response = await handler(Request(scope, receive, send))
        await response(scope, receive, partial(_without_body, send) if method == "HEAD" else send)


async def _without_body(send: Send, message: Message) -> None:
    if message["type"] == "http.response.body":
        message = {**message, "body": b""}
    await send(message)


def at(path: str, *, get: Handler | None = None, post: Handler | None = None, label: str | None = None) -> Route:
    """A page or form at this address: `routes.at("/m/check", get=show, post=check)`."""
    handlers = {"GET": get, "POST": post}
    return route(path, {method: handler for method, handler in handlers.items() if handler}, label=label)


def route(path: str, handlers: Mapping[str, Handler], *, label: str | None = None) -> Route:
    """The same for any methods."""
    return Route(path, Methods(label or path, handlers))
