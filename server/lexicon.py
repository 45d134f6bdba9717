"""The words of a text as they are searched for: pure rules, the same for what is kept and for what is typed."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from server import people
from server.vault import Keyring

MOST = 200
"""So many different words of one text are kept."""
SNIPPET = 120
DOTS = "…"
_APOSTROPHES = re.compile("['’‘‛′`´ʼ＇]")
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800\u180e")
"""Letters and symbols by their category that show nothing: Hangul fillers, the empty Braille cell and their like."""


class Word(NamedTuple):
    """A word where it stands in a text, and folded: lower case, no accents."""

    start: int
    end: int
    folded: str


def words(text: str) -> Iterator[Word]:
    """The words that can be searched for: of two characters or more, or three digits and more."""
    at = 0
    for is_word, chars in itertools.groupby(text, _is_of_a_word):
        start, at = at, at + sum(1 for _ in chars)
        folded = people.folded(text[start:at]) if is_word else ""
        if len(folded) >= (3 if folded.isdecimal() else 2):
            yield Word(start, at, folded)


def plain(text: str) -> str:
    """The words alone: lower case without accents, one blank between them, nothing else and nothing unseen."""
    # An acute that stands for an apostrophe would become a blank and a mark.
    spread = people.folded(unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)))
    seen = "".join(char for char in _APOSTROPHES.sub("", spread) if unicodedata.category(char) != "Cf")
    kept = "".join(char if char.isalnum() and char not in _UNSEEN else " " for char in seen)
    return " ".join(kept.split())


def distinct(text: str, most: int = MOST) -> list[str]:
    """The different words of a text, folded, in their order; the first `most`."""
    return list(itertools.islice(dict.fromkeys(word.folded for word in words(text)), most))


def tokens(ring: Keyring, folded: Collection[str]) -> list[str]:
    """The keyed fingerprints of words."""
    return [ring.blind("word", word) for word in folded]


def snippet(text: str, sought: Collection[str]) -> list[tuple[str, bool]]:
    """About `SNIPPET` characters around the first of the sought words, on one line, cut between words.

    In pieces, each with whether it is one of them. `sought` are folded.
    """
    flat = " ".join(text.split())
    hits = [word for word in words(flat) if word.folded in sought]
    begin, end = _window(flat, hits[0] if hits else Word(0, 0, ""))
    pieces, at = [(DOTS if begin else "", False)], begin
    for hit in hits:
        if begin <= hit.start and hit.end <= end:
            pieces += [(flat[at : hit.start], False), (flat[hit.start : hit.end], True)]
            at = hit.end
    pieces += [(flat[at:end], False), (DOTS if end < len(flat) else "", False)]
    return [piece for piece in pieces if piece[0]]


def _window(text: str, hit: Word) -> tuple[int, int]:
    begin = max(0, hit.start - SNIPPET // 3)
    if begin:
        begin = max(begin, text.find(" ", begin, hit.start) + 1)
    end = max(hit.end, begin + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", hit.end, end)
        return begin, end if space == -1 else space
    return begin, len(text)


def _is_of_a_word(char: str) -> bool:
    # Marks belong to the letter before them: vowels of Arabic, and accents that were typed apart.
    return unicodedata.category(char)[0] in "LNM"
