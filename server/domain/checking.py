"""Whether a file is what it says, and what is made of it: name, declared type and content must agree (B67)."""

from dataclasses import dataclass

from server import imaging
from server.imaging import Unfit
from server.models import FileKind

BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}
HEIC = "image/heic"
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx")


@dataclass(frozen=True, slots=True)
class Made:
    """What is kept of a file."""

    content: bytes
    media_type: str
    kind: FileKind
    width: int | None = None
    height: int | None = None
    pages: int | None = None


class Lies(Exception):
    """The content is of another kind than the name says."""


async def make(content: bytes, media_type: str) -> Made:
    """Make what is kept of a file of this declared type, in the limited process.

    :raises Lies: it is of another kind
    :raises Unfit: why nothing is made of it
    """
    if not _begins(content, media_type):
        raise Lies
    if media_type == "application/pdf":
        paper = await imaging.clean(content)
        return Made(paper.content, paper.media_type, FileKind.DOCUMENT, paper.width, paper.height, paper.pages)
    if media_type == "text/plain":
        paper = await imaging.tidy(content)
        return Made(paper.content, paper.media_type, FileKind.TEXT)
    picture = await imaging.remake(content, most=imaging.UPLOAD_BYTES, is_strict=True)
    return Made(picture.content, picture.media_type, FileKind.PICTURE, picture.width, picture.height)


async def verdict(content: bytes, media_type: str) -> Made | str:
    """The same, with the code of `server/reasons.py` where nothing is made of it."""
    try:
        return await make(content, media_type)
    except Lies:
        return "other_kind"
    except Unfit as unfit:
        return unfit.why


def _begins(content: bytes, media_type: str) -> bool:
    if media_type == HEIC:
        return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS
    if media_type == "text/plain":
        return not any(content.startswith(each) for each in (*BEGINNINGS.values(), b"PK\x03\x04", b"GIF8"))
    return content.startswith(BEGINNINGS[media_type])
