"""The language of the pages, chosen at the top of each of them: a cookie of this phone, and nothing on the server.

A link of a page leads to its own address with `?language=es` and comes back without it, so that no other address can be
asked for. A form in which somebody may have typed asks with a button instead, and is shown again as it was.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from portal import words
from server.doors import cookies
from server.doors import scope as scopes

COOKIE = "bt_language"
FIELD = "language"
KEPT_SECONDS = 365 * 24 * 3600
_AFTER = {"/m/check": "/m/check", "/m/code": "/m/check", "/m/messages": "/m/thread", "/m/check-new": "/m/thread"}
"""Where the page is found again that answered a form."""
_back: ContextVar[str] = ContextVar("where this page is found again, in another language", default="/m/?")


def heard(route: Route) -> Route:
    """The same route for somebody who may have chosen a language."""
    route.app = _Heard(route.app, route.path)
    return route


class _Heard:
    def __init__(self, app: ASGIApp, label: str) -> None:
        self.app = app
        self.label = label

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        hear(request, self.label)
        language = request.query_params.get(FIELD)
        if language in words.LANGUAGES and _is_page(request, self.label):
            scope[scopes.ROUTE] = self.label
            await keep(request, RedirectResponse(_without_choice(request), 303), language)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def hear(request: Request, label: str | None) -> None:
    """Speak the language chosen on this phone from here on. `label` is the pattern of the route, where there is one."""
    kept = cookies.get(request, COOKIE)
    words.chosen.set(kept if kept in words.LANGUAGES else None)
    if _is_page(request, label):
        _back.set(f"?{_query(request)}&" if _query(request) else "?")
    else:
        _back.set(f"{_AFTER.get(label or '', '/m/')}?")


def _is_page(request: Request, label: str | None) -> bool:
    """Whether this address shows itself again. That of a link never does: its secret goes into no other."""
    is_ours = label is not None and label.startswith("/m/") and label != "/m/{secret}"
    return is_ours and request.method in ("GET", "HEAD")


def links() -> Mapping[str, str]:
    """Where a page leads to for each language."""
    return {language: f"{_back.get()}{FIELD}={language}" for language in words.LANGUAGES}


def asked(fields: Mapping[str, str]) -> str | None:
    """The language that a form's button asks for, which is spoken from here on. The form wants nothing else then."""
    language = fields.get(FIELD)
    if language not in words.LANGUAGES:
        return None
    words.chosen.set(language)
    return language


def keep(request: Request, response: Response, language: str) -> Response:
    """Let this phone remember the language."""
    cookies.put(request, response, COOKIE, language, seconds=KEPT_SECONDS)
    return response


def _query(request: Request) -> str:
    return urlencode([pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != FIELD])


def _without_choice(request: Request) -> str:
    query = _query(request)
    return f"{request.url.path}?{query}" if query else request.url.path
