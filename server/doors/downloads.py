"""Bytes that strangers made, given so that they are inert (B67, B68, B71)."""

from collections.abc import AsyncIterator
from typing import Protocol
from urllib.parse import quote
from uuid import UUID

from starlette.responses import Response, StreamingResponse

Download = Response
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "text/plain": ".txt"}
SHOWN = ("image/jpeg", "image/png")
"""What a page may show; all else is for saving only."""
CHARSETS = {"text/plain": "text/plain; charset=utf-8"}


class File(Protocol):
    """A file and its bytes; `media_type` is ours, `name` a label that was made harmless when it came."""

    @property
    def id(self) -> UUID: ...

    @property
    def content(self) -> bytes: ...

    @property
    def media_type(self) -> str: ...

    @property
    def name(self) -> str | None: ...

    @property
    def is_saved(self) -> bool: ...


def of(file: File) -> Response:
    """The answer. It opens nothing and runs nothing even where somebody opens it by itself."""
    is_shown = file.media_type in SHOWN and not file.is_saved
    known = file.media_type if file.media_type in ENDINGS else "application/octet-stream"
    headers = {
        "Content-Type": CHARSETS.get(known, known),
        "Content-Disposition": f"{'inline' if is_shown else 'attachment'}; {_named(file)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return Response(file.content, headers=headers)


def _named(file: File) -> str:
    """How a copy is called (RFC 6266): for everybody a name that says nothing, and its own one in UTF-8."""
    plain = f'filename="file-{str(file.id)[-6:]}{ENDINGS.get(file.media_type, ".bin")}"'
    return f"{plain}; filename*=UTF-8''{quote(file.name, safe='')}" if file.name else plain


def saved(content: bytes, media_type: str, name: str) -> Response:
    """A document that we made, for saving only. `name` is ours and says nothing of anybody."""
    return Response(content, media_type=media_type, headers=_for_saving(name))


def streamed(pieces: AsyncIterator[bytes], media_type: str, name: str) -> Response:
    """The same of one that is made while it is taken."""
    return StreamingResponse(pieces, media_type=media_type, headers=_for_saving(name))


def _for_saving(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
