"""What may stand in a message: its length, and no characters that a reader cannot see."""

import unicodedata

from server import people
from server.errors import Kind, Refusal
from server.queries.me import BODY, PLAIN

_ALLOWED_CONTROLS = "\n\t"
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def body(text: str, *, plain: bool = False, may_be_empty: bool = False) -> str:
    """The words of a message, with line ends made alike and outer blanks gone. With files there need be none.

    :raises Refusal: `empty`, `too_long`, `hidden_characters`
    """
    words = _lines(text).strip()
    _must_be_visible(words)
    if not words and not may_be_empty:
        raise Refusal(Kind.INVALID, "empty", "There is nothing to send yet. Write something first.")
    _must_fit(words, PLAIN if plain else BODY)
    return words


def name(text: str, *, of: str, most: int, called: str = "name") -> str:
    """What somebody calls a thing of theirs, such as `of` a tag, in `most` characters; `called` a name or a title.

    :raises Refusal: `empty`, `too_long`, `hidden_characters`
    """
    clean = people.clean_name(text, field=called)
    if not clean:
        raise Refusal(Kind.INVALID, "empty", f"Give the {of} a {called}.")
    if len(clean) > most:
        raise Refusal(Kind.INVALID, "too_long", f"The {called} of a {of} can have {most} characters.")
    return clean


def remark(text: str, *, most: int) -> str:
    """A few words that may be left out, in `most` characters.

    :raises Refusal: `too_long`, `hidden_characters`
    """
    said = _lines(text).strip()
    _must_be_visible(said)
    _must_fit(said, most)
    return said


def begun(text: str) -> str:
    """Words that somebody is still writing: the blanks at their ends are part of what comes next.

    :raises Refusal: `too_long`, `hidden_characters`
    """
    words = _lines(text)
    _must_be_visible(words)
    _must_fit(words, BODY)
    return words


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _must_be_visible(words: str) -> None:
    if any(is_hidden(char) for char in words):
        raise Refusal(Kind.INVALID, "hidden_characters", "The text has characters that nobody can see. Type it again.")


def _must_fit(words: str, most: int) -> None:
    if len(words) > most:
        sentence = f"The text is too long: {len(words):,} characters. It can have {most:,}."
        raise Refusal(Kind.INVALID, "too_long", sentence)


def pieces(text: str, *, otherwise: str) -> list[str]:
    """Words that came from outside, as messages to keep: without what nobody can see, cut where they are too long.

    `otherwise` stands for words that are not there, so that something always comes of it.
    """
    seen = "".join(char for char in _lines(text) if not is_hidden(char)).strip() or otherwise
    cut = [seen[start : start + BODY].strip() for start in range(0, len(seen), BODY)]
    return [piece for piece in cut if piece]


def is_hidden(char: str) -> bool:
    """Whether a reader could not see this character, or would see others in its order."""
    return char in _OVERRIDES or (unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS)
