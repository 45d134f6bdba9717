"""The addresses of FHIR R4: each answers with a resource, also where it says no."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import programs
from server.doors import problem
from server.doors import routes as doors
from server.doors import scope as scopes
from server.doors.problem import Problem
from server.errors import Refusal
from web import build
from web.fhir import capability, resources, served
from web.fhir.resources import Json
from web.programs import door

HOME = "/fhir"
BASE = f"{HOME}/R4"
TYPE = "application/fhir+json"
ISSUES = {400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 429: "throttled"}
Act = Callable[[Request, programs.Program], Awaitable[Json | Response]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of resource: the scope that it takes, how it is searched and how one is read."""

    name: str
    scope: programs.Scope
    read: Callable[[programs.Program, UUID], Awaitable[Json | Response]]
    search: Callable[[Request, programs.Program, str], Awaitable[Json]] | None = None


KINDS = (
    Kind("Patient", "patients:read", served.patient, served.patients),
    Kind("Communication", "conversations:read", served.communication, served.communications),
    Kind("DocumentReference", "documents:read", served.document, served.documents),
    Kind("Binary", "documents:read", served.binary),
)
"""Everything that is served, and the scope for it."""


def routes() -> list[Route]:
    """All of them, for Starlette."""
    made = [doors.at(f"{BASE}/metadata", get=_metadata)]
    for kind in KINDS:
        address = f"{BASE}/{kind.name}"
        if kind.search:
            search = _served(kind, _searching(kind))
            made += [doors.at(address, get=search), doors.at(f"{address}/_search", post=search)]
        made.append(doors.at(f"{address}/{{id:uuid}}", get=_served(kind, _reading(kind)), label=f"{address}/{{id}}"))
    return made


def refused(_request: Request, no: Problem) -> Response:
    """A no as an OperationOutcome."""
    code = ISSUES.get(no.status, "processing" if no.status < 500 else "exception")
    return answer(resources.outcome(code, no.sentence), no.status, no.headers)


def answer(resource: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A resource."""
    return Response(msgspec.json.encode(resource), status, media_type=TYPE, headers=dict(headers or {}))


def _served(kind: Kind, act: Act) -> doors.Handler:
    async def serve(request: Request) -> Response:
        try:
            found = await act(request, await door.program(request, kind.scope))
        except Refusal as no:
            return refused(request, problem.of(no))
        except HTTPException as no:
            return refused(request, problem.of_http(no))
        return found if isinstance(found, Response) else answer(found)

    return serve


def _reading(kind: Kind) -> Act:
    async def read(request: Request, program: programs.Program) -> Json | Response:
        return await kind.read(program, request.path_params["id"])

    return read


def _searching(kind: Kind) -> Act:
    async def search(request: Request, program: programs.Program) -> Json | Response:
        if kind.search is None:
            raise HTTPException(405)
        return await kind.search(request, program, home(request))

    return search


def home(request: Request) -> str:
    """The absolute address of the server as FHIR calls it."""
    return f"{scopes.hosts(request.scope).origin_of(request.headers['host'])}{BASE}"


async def _metadata(request: Request) -> Response:
    """What this server can do; anyone may ask."""
    return answer(capability.statement(home(request), build.version(), at=datetime.now(UTC).date().isoformat()))
