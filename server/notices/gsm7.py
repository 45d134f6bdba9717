"""How many texts the carrier makes of one, and charges for.

Source: 3GPP TS 23.038 §6.2.1 (alphabet and its extension), TS 23.040 §9.2.3.24.1 (joined texts).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")

ALONE, JOINED = 160, 153
WIDE_ALONE, WIDE_JOINED = 70, 67


@dataclass(frozen=True, slots=True)
class Size:
    """`units` are septets in GSM-7 and 16-bit units in UCS-2; `costly` is the first character that forced UCS-2."""

    encoding: Literal["gsm7", "ucs2"]
    units: int
    segments: int
    costly: str | None = None


def size(text: str) -> Size:
    """Measure a text as it is sent."""
    costly = next((char for char in text if char not in BASIC and char not in EXTENDED), None)
    if costly is None:
        units = len(text) + sum(char in EXTENDED for char in text)
        return Size("gsm7", units, _segments(text, ALONE, JOINED, _septets))
    units = sum(map(_words, text))
    return Size("ucs2", units, _segments(text, WIDE_ALONE, WIDE_JOINED, _words), costly)


def segments_of(text: str) -> int:
    """How many texts the carrier makes of it."""
    return size(text).segments


def is_one_segment(text: str) -> bool:
    """Whether it goes out as a single GSM-7 text."""
    measured = size(text)
    return measured.encoding == "gsm7" and measured.segments == 1


def _segments(text: str, alone: int, joined: int, cost: Callable[[str], int]) -> int:
    """A character of two units is never split between two texts, so a joined text may end one unit early."""
    if sum(map(cost, text)) <= alone:
        return 1
    segments, left = 1, joined
    for char in text:
        if cost(char) > left:
            segments, left = segments + 1, joined
        left -= cost(char)
    return segments


def _septets(char: str) -> int:
    return 2 if char in EXTENDED else 1


def _words(char: str) -> int:
    return 2 if ord(char) > 0xFFFF else 1
