"""Pages drawn and words read of a document that is here: made once, kept sealed beside it, looked at on record."""

from collections.abc import Iterator
from uuid import UUID, uuid5

import msgspec

from server import files as storage
from server import imaging, models
from server.errors import Kind, Refusal, unknown
from server.imaging import WIDTHS
from server.models import FileKind


def every(file: UUID) -> Iterator[UUID]:
    """The names of all that may have been made of a file."""
    yield _words_of(file)
    for page in range(1, 201):
        for width in WIDTHS:
            yield _page_of(file, page, width)


async def page(file: models.File, number: int, width: int) -> tuple[bytes, str]:
    """A page of a document as a picture, from 1, at the width of `WIDTHS` that is nearest above; and its media type.

    :raises Refusal: `unknown`, `not_now`
    """
    if file.kind is not FileKind.DOCUMENT or not 1 <= number <= (file.pages or 0):
        raise unknown()
    wide = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
    name = _page_of(file.id, number, wide)
    content = await _made_before(file, name)
    if content is None:
        try:
            content = (await imaging.draw(await opened(file), number, wide)).content
        except imaging.Unfit:
            raise _not_now() from None
        await _keep(file, name, content)
    return content, "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


async def words(file: models.File) -> list[str]:
    """The words of a document page by page, or of a text as one page.

    :raises Refusal: `unknown` for a picture, `not_now`
    """
    if file.kind is FileKind.TEXT:
        return [(await opened(file)).decode()]
    if file.kind is not FileKind.DOCUMENT:
        raise unknown()
    name = _words_of(file.id)
    content = await _made_before(file, name)
    if content is None:
        try:
            content = msgspec.json.encode(await imaging.read(await opened(file)))
        except imaging.Unfit:
            raise _not_now() from None
        await _keep(file, name, content)
    return msgspec.json.decode(content, type=list[str])


async def opened(file: models.File) -> bytes:
    """The bytes of a file.

    :raises Refusal: `not_now`
    """
    try:
        return await storage.read(file.organization_id, file.id)
    except OSError:
        raise _not_now() from None


async def _made_before(file: models.File, name: UUID) -> bytes | None:
    try:
        return await storage.read(file.organization_id, name)
    except FileNotFoundError:
        return None
    except OSError:
        raise _not_now() from None


async def _keep(file: models.File, name: UUID, content: bytes) -> None:
    try:
        await storage.keep(file.organization_id, name, content)
    except OSError:
        raise _not_now() from None


def _words_of(file: UUID) -> UUID:
    return uuid5(file, "words")


def _page_of(file: UUID, number: int, width: int) -> UUID:
    return uuid5(file, f"page {number} at {width}")


def _not_now() -> Refusal:
    return Refusal(Kind.UNAVAILABLE, "not_now", "This file cannot be opened right now. Try again later.")
