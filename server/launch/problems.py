"""The launcher's own answers that are no: problem+json (RFC 9457) with a sentence and nothing about the inside."""

import json
from http import HTTPStatus

_SENTENCES: dict[int, tuple[str, str]] = {
    400: ("bad_request", "This request could not be read."),
    403: ("not_allowed", "This connection was refused."),
    405: ("wrong_method", "This address does not take that method."),
    408: ("too_slow", "This request took too long to arrive."),
    413: ("too_big", "This is too large to be accepted."),
    431: ("too_big", "The headers of this request are too large."),
    500: ("our_fault", "Something went wrong on our side."),
    503: ("not_now", "This cannot be answered right now. Try again in a moment."),
}

RETRY_SECONDS = 5


def body(status: int, reference: str | None = None) -> bytes:
    """The JSON document for this status; unlisted statuses read as 400 or 500. `reference` finds our log line."""
    code, sentence = _SENTENCES.get(status) or _SENTENCES[500 if status >= 500 else 400]
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code}
    document["detail"] = sentence
    if reference:
        document["reference"] = reference
    return json.dumps(document).encode()


def headers(status: int, document: bytes) -> list[tuple[bytes, bytes]]:
    """The headers that go with `body`."""
    lines = [
        (b"Content-Type", b"application/problem+json"),
        (b"Content-Length", b"%d" % len(document)),
        (b"Cache-Control", b"no-store"),
        (b"X-Content-Type-Options", b"nosniff"),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        lines.append((b"Retry-After", b"%d" % RETRY_SECONDS))
    return lines


def page(status: int) -> bytes:
    """A whole HTTP/1.1 answer as bytes, for connections that have no request to answer with. Ends the connection."""
    document = body(status)
    lines = b"".join(b"%b: %b\r\n" % pair for pair in headers(status, document))
    start = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nConnection: close\r\n".encode()
    return start + lines + b"\r\n" + document
