"""Plain text made plain: one encoding, one kind of line end, nothing that a reader cannot see. In the limited process.

The encoding is told by a mark, or is UTF-8, or else is Latin-1 as Windows writes it (as in the Encoding standard); it
is never guessed by statistics.
"""

import codecs
import re
import unicodedata

from server.imaging.shapes import TEXT_BYTES, Unfit

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
PAGE = re.compile(r"\s*<(?:!doctype|\?xml|html|svg|script|head|body)\b", re.IGNORECASE)
"""How a file begins that is a page or a drawing and only says that it is a text."""
HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
KEPT = "\n\t"


def tidy(content: bytes) -> bytes:
    """The text.

    :raises Unfit: `not_a_text`, `text_too_long`
    """
    if len(content) > TEXT_BYTES:
        raise Unfit("text_too_long")
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if "\0" in text or PAGE.match(text) or any(_is_control(char) for char in text):
        raise Unfit("not_a_text")
    seen = "".join(char for char in text if char not in HIDDEN)
    if not seen.strip():
        raise Unfit("not_a_text")
    return seen.encode()


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _or_unfit(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _or_unfit(content, "cp1252")


def _or_unfit(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unfit("not_a_text") from None


def _is_control(char: str) -> bool:
    return char not in KEPT and unicodedata.category(char) in ("Cc", "Cs")
