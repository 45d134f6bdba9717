"""Turning whatever was raised into an answer: one place for both doors."""

import traceback
from pathlib import PurePath
from typing import cast

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from server.doors import absence, problem
from server.doors import scope as scopes
from server.doors.areas import Page
from server.doors.problem import Problem
from server.errors import Refusal

log = structlog.get_logger()


def answer(request: Request, no: Problem) -> Response:
    """The page of the area this happened in, or problem+json where it has none or JSON was asked for."""
    page: Page | None = request.scope.get(scopes.REFUSED)
    if page is None or _prefers_json(request):
        response = Response(no.body(), no.status, media_type="application/problem+json")
    else:
        response = page(request, no)
    response.headers.update(no.headers)
    return response


def _prefers_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


async def _refused(request: Request, error: Exception) -> Response:
    return answer(request, problem.of(cast("Refusal", error)))


async def _not_served(request: Request, error: Exception) -> Response:
    return answer(request, problem.of_http(cast("HTTPException", error)))


HANDLERS: dict[type[Exception], ExceptionHandler] = {Refusal: _refused, HTTPException: _not_served}
"""For Starlette's `exception_handlers`."""


class Faults:
    """ASGI middleware around the routes: what nobody expected becomes 503 or 500, and a log line without any words."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, unless the answer has already begun: then the server must cut the connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if has_begun or absence.is_clients_leaving(error):
                raise
            await answer(Request(scope), _fault(scope, error))(scope, receive, send)


def _fault(scope: Scope, error: Exception) -> Problem:
    reference = str(scope.get(scopes.REFERENCE, "unknown"))
    route = scope.get(scopes.ROUTE)
    if absence.is_absence(error):
        log.warning("request.not_now", reference=reference, route=route, error=type(error).__name__)
        return problem.not_now()
    log.error("request.failed", reference=reference, route=route, where=where(error))
    return problem.our_fault(reference)


def where(error: BaseException, deepest: int = 8) -> str:
    """The error's type and the last places it came through. Never its message, which may quote what a patient wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-deepest:]
    places = [f"{PurePath(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in reversed(frames)]
    return f"{type(error).__name__} at " + " < ".join(places or ["an unknown place"])
