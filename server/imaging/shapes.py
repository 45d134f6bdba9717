"""What goes in, what comes out, and why not."""

from dataclasses import dataclass
from typing import Literal, get_args

MOST_BYTES = 10 * 1024 * 1024
"""Of a picture that came with a text, and of a paper that proves a consent."""
UPLOAD_BYTES = 25 * 1024 * 1024
TEXT_BYTES = 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_SIDE = 3000
"""A made picture is at most so many pixels wide and high."""
MOST_PAGES = 200
LONGEST_PAGE = 14_400
"""In points: the largest page that PDF 1.7 lets a reader expect (ISO 32000-1, Annex C)."""
STEEPEST = 20
"""How many times longer a page may be than wide, or the other way round."""
WIDTHS = (720, 1440)
"""In pixels: what pages are drawn at, for a phone and for a desk."""

Why = Literal[
    "not_a_picture",
    "too_large",
    "too_many_pixels",
    "two_in_one",
    "not_a_document",
    "locked_document",
    "too_many_pages",
    "active_document",
    "odd_pages",
    "not_a_text",
    "text_too_long",
]
WHYS: tuple[Why, ...] = get_args(Why)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that we made: its bytes, what they are, and how many pixels it has."""

    content: bytes
    media_type: Literal["image/jpeg", "image/png"]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or a text that we made. `width` and `height` are the first page's, in points; a text has none."""

    content: bytes
    media_type: Literal["application/pdf", "text/plain"]
    width: int = 0
    height: int = 0
    pages: int = 0


class Unfit(Exception):
    """Nothing is made of this. `why` is a code of `server/reasons.py`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
