"""What goes in, what comes out, and why not."""

from dataclasses import dataclass
from typing import Literal

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_SIDE = 3000
"""A made picture is at most so many pixels wide and high."""

Why = Literal["not_a_picture", "too_large", "too_many_pixels"]
WHYS: tuple[Why, ...] = ("not_a_picture", "too_large", "too_many_pixels")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that we made: its bytes, what they are, and how many pixels it has."""

    content: bytes
    media_type: Literal["image/jpeg", "image/png"]
    width: int
    height: int


class Unfit(Exception):
    """No picture is made of this. `why` is a code of `server/reasons.py`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
