"""Bytes that strangers made, given so that they are inert (B67, B68, B71)."""

from typing import Protocol
from uuid import UUID

from starlette.responses import Response

Download = Response
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
SHOWN = ("image/jpeg", "image/png")
"""What a page may show; all else is for saving only."""


class File(Protocol):
    """A file and its bytes; `media_type` is ours."""

    @property
    def id(self) -> UUID: ...

    @property
    def content(self) -> bytes: ...

    @property
    def media_type(self) -> str: ...


def of(file: File) -> Response:
    """The answer. It opens nothing and runs nothing even where somebody opens it by itself; its name says nothing."""
    is_shown = file.media_type in SHOWN
    name = f"file-{str(file.id)[-6:]}{ENDINGS.get(file.media_type, '.bin')}"
    headers = {
        "Content-Disposition": f'{"inline" if is_shown else "attachment"}; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    known = file.media_type if file.media_type in ENDINGS else "application/octet-stream"
    return Response(file.content, media_type=known, headers=headers)


def saved(content: bytes, media_type: str, name: str) -> Response:
    """A document that we made, for saving only. `name` is ours and says nothing of anybody."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
