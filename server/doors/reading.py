"""Reading a request strictly. What was sent is never quoted back: it may be about a patient (B80)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from server.errors import Kind, Refusal

Shape = TypeVar("Shape")

MOST = 128 * 1024
"""Bytes of a body: the longest message, with every character escaped, fits."""
JSON = "application/json"
BYTES = "application/octet-stream"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MOST_FIELDS = 20
_PLACE = re.compile(r" - at `(key in )?([^`]*)`$")


async def body(request: Request, *, most: int = MOST) -> bytes:
    """The whole body.

    :raises Refusal: `too_big`
    """
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > most:
            raise Refusal(Kind.TOO_BIG, "too_big", "This is too large to be accepted.")
    return bytes(content)


async def json(request: Request, shape: type[Shape]) -> Shape:
    """The body as this shape.

    :raises Refusal: `not_json`, `wrong_shape` with the place in `at`, `too_big`
    :raises HTTPException: 415 where the body says that it is something else
    """
    _must_be(request, JSON)
    content = await body(request)
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.ValidationError as wrong:
        raise _wrong_shape(wrong) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal(Kind.WRONG_SHAPE, "not_json", "This request is not readable JSON.") from None


async def form(request: Request) -> dict[str, str]:
    """The fields of a plain form; each may come once.

    :raises Refusal: `wrong_shape`, `too_big`
    :raises HTTPException: 415 where it is no form
    """
    _must_be(request, FORM)
    return _fields(await body(request))


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came in a form. Name and media type are what the browser said."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


async def form_with_file(request: Request, *, most: int) -> tuple[dict[str, str], Sent | None]:
    """The fields of a form and the one file that may come with it; of a plain form the fields alone. What is large lies
    on the disk while it comes, in files without a name.

    :raises Refusal: `wrong_shape`, `too_big` over `most` bytes in all
    :raises HTTPException: 415 where it is no form
    """
    if must_be_one_of(request, (FORM, MULTIPART)) == FORM:
        return await form(request), None
    if int(request.headers.get("content-length", "0") or 0) > most:
        raise Refusal(Kind.TOO_BIG, "too_big", "This is too large to be accepted.")
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST) as parts:
            return await _parts(parts)
    except (MultiPartException, HTTPException, UnicodeDecodeError):
        raise wrong_shape("$") from None


async def _parts(parts: FormData) -> tuple[dict[str, str], Sent | None]:
    fields: dict[str, str] = {}
    sent: Sent | None = None
    for name, value in parts.multi_items():
        if isinstance(value, UploadFile):
            # A browser sends a nameless empty one where nothing was chosen.
            if value.filename:
                sent = Sent(value.filename, value.content_type or "", await value.read())
        elif name in fields:
            raise wrong_shape("$")
        else:
            fields[name] = value
    return fields, sent


def query(request: Request, shape: type[Shape]) -> Shape:
    """The query as this shape: numbers and ids are read from text, an unknown or repeated name is refused.

    :raises Refusal: `wrong_shape`
    """
    asked = _fields(request.scope.get("query_string", b""))
    try:
        return msgspec.convert(asked, shape, strict=False)
    except msgspec.ValidationError as wrong:
        raise _wrong_shape(wrong) from None


def must_be_one_of(request: Request, wanted: Sequence[str]) -> str:
    """Which of these media types the body says that it is.

    :raises HTTPException: 415 where it says another
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in wanted:
        raise HTTPException(415, headers={"Accept": ", ".join(wanted)})
    return kind


def _must_be(request: Request, wanted: str) -> None:
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    charset = rest.strip().lower().replace('"', "")
    if kind.strip().lower() != wanted or charset not in ("", "charset=utf-8"):
        raise HTTPException(415, headers={"Accept": wanted})


def _fields(encoded: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            strict_parsing=bool(encoded),
            max_num_fields=50,
        )
    except ValueError:
        raise wrong_shape("$") from None
    found = dict(pairs)
    if len(found) != len(pairs):
        raise wrong_shape("$")
    return found


def _wrong_shape(wrong: msgspec.ValidationError) -> Refusal:
    place = _PLACE.search(str(wrong))
    return wrong_shape(place[2] if place else "$")


def wrong_shape(at: str) -> Refusal:
    """A request that does not fit, and the place in it: a name of ours, never what was sent."""
    sentence = "This request does not have the shape that is expected here."
    return Refusal(Kind.WRONG_SHAPE, "wrong_shape", sentence, extra={"at": at})
