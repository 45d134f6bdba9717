"""A no, ready to be sent: problem+json (RFC 9457) or whatever page an area makes of it. `docs/contract.md` §2."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException

from server.errors import Kind, Refusal

STATUS: Mapping[Kind, int] = {
    Kind.WRONG_SHAPE: 400,
    Kind.SIGNED_OUT: 401,
    Kind.FORBIDDEN: 403,
    Kind.UNKNOWN: 404,
    Kind.CONFLICT: 409,
    Kind.GONE: 410,
    Kind.TOO_BIG: 413,
    Kind.INVALID: 422,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}
PLAIN: Mapping[int, tuple[str, str]] = {
    400: ("wrong_shape", "This request could not be read."),
    404: ("unknown", "There is nothing here that you can open."),
    405: ("wrong_method", "This address does not take that method."),
    413: ("too_big", "This is too large to be accepted."),
    415: ("wrong_type", "This address reads another type of content."),
}
"""The code and sentence of what the web framework refuses, and of refusals that only a door knows."""

RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One no: its status, its code for machines, its sentence for a person. `extra` stands beside them."""

    status: int
    code: str
    sentence: str
    extra: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The short name of the status."""
        return HTTPStatus(self.status).phrase

    def body(self) -> bytes:
        """The JSON document."""
        document = {"type": "about:blank", "title": self.title, "status": self.status, "code": self.code}
        return msgspec.json.encode({**document, "detail": self.sentence, **self.extra})


def of(refusal: Refusal) -> Problem:
    """What a door answers to a refusal."""
    seconds = refusal.retry_after
    if seconds is None and refusal.kind is Kind.UNAVAILABLE:
        seconds = RETRY_SECONDS
    headers = {} if seconds is None else {"Retry-After": str(seconds)}
    return Problem(STATUS[refusal.kind], refusal.code, str(refusal), refusal.extra, headers)


def of_http(error: HTTPException) -> Problem:
    """What a door answers where the framework refused; its own words are not shown."""
    code, sentence = PLAIN.get(error.status_code, PLAIN[400])
    return Problem(error.status_code, code, sentence, headers=dict(error.headers or {}))


def our_fault(reference: str) -> Problem:
    """Something broke. The reference finds our log line; nothing else is told."""
    sentence = f"Something went wrong on our side. If you call us, say {reference}."
    return Problem(500, "our_fault", sentence, {"reference": reference})


def not_now() -> Problem:
    """The database or the bus is away."""
    sentence = "We cannot answer right now. Nothing was changed. Try again in a moment."
    return Problem(503, "not_now", sentence, headers={"Retry-After": str(RETRY_SECONDS)})
