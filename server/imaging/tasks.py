"""What the limited process is asked to do, by name, and how it answers."""

import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

import msgspec

from server.imaging.child import Head
from server.imaging.shapes import UPLOAD_BYTES, Paper, Picture, Unfit, Why

MARKUP = re.compile(rb"<(?:script|html|!doctype html|iframe)[\s>]", re.IGNORECASE)
"""What makes a browser run a file that also is a picture."""
FALLBACK: dict[str, Why] = {"text": "not_a_text", "document": "not_a_document", "page": "not_a_document"}


def answer(words: Sequence[str], content: bytes) -> bytes:
    """The line of JSON, and after it what was made."""
    task, *details = words
    try:
        if len(content) > UPLOAD_BYTES:
            raise Unfit("too_large")
        made = TASKS[task](content, *map(int, details))
    except Unfit as unfit:
        return msgspec.json.encode(Head(why=unfit.why)) + b"\n"
    except Exception:  # Whatever a decoder stumbles over, nobody could have seen it.
        return msgspec.json.encode(Head(why=FALLBACK.get(task, "not_a_picture"))) + b"\n"
    pages = made.pages if isinstance(made, Paper) else 0
    head = Head(media_type=made.media_type, width=made.width, height=made.height, pages=pages)
    return msgspec.json.encode(head) + b"\n" + made.content


def _picture(content: bytes) -> Picture:
    # A library is loaded for what it is needed for: each costs a tenth of a second.
    from server.imaging import making

    return making.make(content)


def _photo(content: bytes) -> Picture:
    """The same of a file that must be a picture and nothing else."""
    if MARKUP.search(content) or zipfile.is_zipfile(BytesIO(content)):
        raise Unfit("two_in_one")
    return _picture(content)


def _document(content: bytes) -> Paper:
    from server.imaging import documents

    return documents.clean(content)


def _page(content: bytes, number: int, width: int) -> Picture:
    from server.imaging import documents

    return documents.draw(content, number, width)


def _words(content: bytes) -> Paper:
    from server.imaging import documents

    return Paper(msgspec.json.encode(documents.words(content)), "text/plain")


def _text(content: bytes) -> Paper:
    from server.imaging import plain

    return Paper(plain.tidy(content), "text/plain")


TASKS: dict[str, Callable[..., Picture | Paper]] = {
    "picture": _picture,
    "photo": _photo,
    "document": _document,
    "page": _page,
    "words": _words,
    "text": _text,
}
