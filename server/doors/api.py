"""A JSON API whose handlers say what they read and answer, and the OpenAPI 3.1 document that follows from it.

    @api.post("/conversations/{conversation}/messages", answers={201: views.Message, 200: views.Message}, refuses=(…))
    async def post(staff: access.Staff, conversation: UUID, body: NewMessage) -> api.Answer: …

A handler asks for what it needs by name: `request`, `body` and `query` (read strictly as the shape they are annotated
with), the ids in its path, and whoever the API's `admit` finds (here `staff`).
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_type_hints

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import programs
from server.doors import openapi, reading, routes
from server.doors.routes import Handler

Shape = type[msgspec.Struct]
Answer = msgspec.Struct | tuple[int, msgspec.Struct] | Response | None
"""What a handler gives: the shape of its one answer, a status and a shape, a whole response, or nothing (204)."""
Access = Literal["open", "page", "locked", "session", "act"] | programs.Scope
"""Who may call: anyone; anyone from our page; who is signed in, also while their screens are locked; who is signed in;
the same, and it counts as an act of the person; or a program whose key has this scope."""
H = TypeVar("H", bound=Callable[..., Awaitable[object]])
Admit = Callable[[Request, Access], Awaitable[Mapping[str, object]]]
"""Finds who asks; its result is what handlers may ask for by name. Refuses who may not."""

_encoder = msgspec.json.Encoder()
_READ = ("request", "body", "query")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `takes` are the media types of a body that is no JSON."""

    method: str
    path: str
    handler: Callable[..., Awaitable[object]]
    answers: Mapping[int, object]
    refuses: Sequence[str]
    access: Access
    about: str
    shapes: Mapping[str, type]
    takes: Sequence[str] = ()

    @property
    def ids(self) -> list[str]:
        """The names of the ids in the address."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


class Api:
    """The operations under one prefix. `admit` is asked before every one of them; `headers` are on every answer."""

    def __init__(
        self, title: str, *, version: str, prefix: str, admit: Admit, headers: Callable[[], Mapping[str, str]] = dict
    ) -> None:
        self.title = title
        self.version = version
        self.prefix = prefix
        self.operations: list[Operation] = []
        self._admit = admit
        self._headers = headers

    def get(
        self, path: str, *, answers: Mapping[int, object], refuses: Sequence[str] = (), access: Access = "session"
    ) -> Callable[[H], H]:
        """Serve a read."""
        return self._on("GET", path, answers, refuses, access)

    def post(
        self,
        path: str,
        *,
        answers: Mapping[int, object],
        refuses: Sequence[str] = (),
        access: Access = "act",
        takes: Sequence[str] = (),
    ) -> Callable[[H], H]:
        """Serve an act."""
        return self._on("POST", path, answers, refuses, access, takes)

    def put(
        self,
        path: str,
        *,
        answers: Mapping[int, object],
        refuses: Sequence[str] = (),
        access: Access = "act",
        takes: Sequence[str] = (),
    ) -> Callable[[H], H]:
        """Serve an act that puts something whole in its place."""
        return self._on("PUT", path, answers, refuses, access, takes)

    def patch(self, path: str, *, answers: Mapping[int, object], refuses: Sequence[str] = ()) -> Callable[[H], H]:
        """Serve a change."""
        return self._on("PATCH", path, answers, refuses, "act")

    def delete(
        self, path: str, *, answers: Mapping[int, object], refuses: Sequence[str] = (), access: Access = "act"
    ) -> Callable[[H], H]:
        """Serve an ending."""
        return self._on("DELETE", path, answers, refuses, access)

    def _on(
        self,
        method: str,
        path: str,
        answers: Mapping[int, object],
        refuses: Sequence[str],
        access: Access,
        takes: Sequence[str] = (),
    ) -> Callable[[H], H]:
        def register(handler: H) -> H:
            hints = {name: hint for name, hint in get_type_hints(handler).items() if name != "return"}
            if inspect.signature(handler).parameters.keys() != hints.keys():
                raise TypeError(f"every parameter of {handler.__name__} is annotated")
            about = " ".join((handler.__doc__ or "").split())
            self.operations.append(Operation(method, path, handler, answers, refuses, access, about, hints, takes))
            return handler

        return register

    def routes(self) -> list[Route]:
        """The routes of everything registered, and of the document."""
        by_path: dict[str, dict[str, Handler]] = {}
        typed = {each.path: self.prefix + _typed(each) for each in self.operations}
        for each in self.operations:
            by_path.setdefault(each.path, {})[each.method] = self._served(each)
        made = [routes.route(typed[path], handlers, label=self.prefix + path) for path, handlers in by_path.items()]
        return [*made, routes.at(f"{self.prefix}/openapi.json", get=self._show_document)]

    def document(self) -> dict[str, object]:
        """The OpenAPI 3.1 document."""
        return openapi.document(self.title, self.version, self.prefix, self.operations)

    async def _show_document(self, request: Request) -> Response:
        return Response(_encoder.encode(self.document()), media_type=reading.JSON)

    def _served(self, operation: Operation) -> Handler:
        async def serve(request: Request) -> Response:
            found = await self._admit(request, operation.access)
            given = {name: await _one(name, operation, request, found) for name in operation.shapes}
            response = respond(operation, await operation.handler(**given))
            response.headers.update(self._headers())
            return response

        return serve


async def _one(name: str, operation: Operation, request: Request, found: Mapping[str, object]) -> object:
    shape = operation.shapes[name]
    if name == "request":
        return request
    if name == "body":
        return await reading.json(request, shape)
    if name == "query":
        return reading.query(request, shape)
    if name in found:
        return found[name]
    found_id: object = request.path_params[name]
    return found_id


def respond(operation: Operation, answer: object) -> Response:
    """Encode what a handler gave."""
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status_code=204)
    status, shape = answer if isinstance(answer, tuple) else (min(operation.answers), answer)
    return json(shape, status)


def json(shape: object, status: int = 200) -> Response:
    """A shape as a JSON answer."""
    return Response(_encoder.encode(shape), status, media_type=reading.JSON)


def _typed(operation: Operation) -> str:
    """`{conversation}` is an id, or a number where the handler reads one; anything else there is as unknown as an id
    that nobody has.
    """
    path = operation.path
    for name in operation.ids:
        path = path.replace(f"{{{name}}}", f"{{{name}:{'int' if operation.shapes.get(name) is int else 'uuid'}}}")
    return path
