"""A text as it came in: whose, to whom, and the words that are kept of it. Pure."""

from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from server import tokens
from server.domain import words
from server.queries.me import BODY

REF = 64
LATE = timedelta(minutes=1)
"""A text that comes so long after it was sent says when that was."""
OLDEST = timedelta(days=7)
"""No carrier keeps a text longer: an older time is a clock that is wrong."""

# What stands for what is not in the words, so that a person knows to look or to ask for it.
PICTURE = "[picture]"
KINDS = {
    "image": PICTURE,
    "audio": "[voice message]",
    "video": "[video]",
    "file": "[file]",
    "vcard": "[contact card]",
}
OTHER_KIND = "[message that cannot be shown]"
EMPTY = "[empty message]"


class Part(Protocol):
    """Which part of a long text it is, from 1."""

    @property
    def ref(self) -> str: ...

    @property
    def number(self) -> int: ...

    @property
    def total(self) -> int: ...


class Incoming(Protocol):
    """A text, as a gateway reads it. The numbers may come without their plus."""

    @property
    def message_uuid(self) -> str: ...

    @property
    def to(self) -> str: ...

    @property
    def sender(self) -> str: ...

    @property
    def message_type(self) -> str: ...

    @property
    def words(self) -> str: ...

    @property
    def at(self) -> datetime | None: ...

    @property
    def source(self) -> str | None: ...

    @property
    def part(self) -> Part | None: ...


class Text(msgspec.Struct, frozen=True):
    """The same in our spelling. `ref` is the carrier's name of it, `source` where the carrier keeps what came along.

    `at` is when it was sent, as the carrier says.
    """

    ref: str
    sender: str
    to: str
    kind: str
    words: str
    source: str | None = None
    at: datetime | None = None

    @property
    def has_file(self) -> bool:
        """Whether something came along that is no text."""
        return self.kind in KINDS


def read(text: Incoming) -> Text:
    """A gateway's text in our spelling."""
    ref = text.message_uuid if len(text.message_uuid) <= REF else tokens.hash_of(text.message_uuid)
    return Text(ref, _e164(text.sender), _e164(text.to), text.message_type, text.words, text.source, text.at)


def sent_at(text: Text, came_at: datetime) -> datetime | None:
    """When a text was sent, where it came so much later that a person should know; None where it came at once."""
    if text.at is None:
        return None
    return text.at if LATE <= came_at - text.at <= OLDEST else None


def bodies(text: Text) -> list[str]:
    """The words to keep: without what nobody can see, in as many messages as their length needs, never none."""
    plain = text.words.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(char for char in plain if not words.is_hidden(char))
    mark = "" if text.kind == "text" else KINDS.get(text.kind, OTHER_KIND)
    whole = "\n".join(part for part in (mark, seen.strip()) if part) or EMPTY
    pieces = [whole[start : start + BODY].strip() for start in range(0, len(whole), BODY)]
    return [piece for piece in pieces if piece]


def name_of(ref: str, nth: int) -> str:
    """The name of the nth message that one text becomes."""
    return ref if nth == 0 else tokens.hash_of(f"{ref}#{nth}")


def _e164(number: str) -> str:
    """A phone number with its plus; a short code or a name stays as it is (ITU-T E.164: 15 digits at most)."""
    digits = number.removeprefix("+")
    return f"+{digits}" if digits.isdecimal() and 8 <= len(digits) <= 15 else number
