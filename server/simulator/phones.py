"""The patients' phones: what their screens would show."""

import msgspec

from server import clock
from server.simulator.diary import Diary


class Text(msgspec.Struct, frozen=True):
    """One text on a phone's screen: `received` from a clinic's number or `written` to it."""

    kind: str
    message_uuid: str
    other: str
    text: str
    at: str


class Phones:
    """All phones that got or wrote a text. Numbers are digits, without the plus, as Vonage writes them."""

    def __init__(self, diary: Diary) -> None:
        self._diary = diary
        self._texts: dict[str, list[Text]] = {}

    def numbers(self) -> dict[str, int]:
        """Give every phone with its number of texts."""
        return {number: len(texts) for number, texts in self._texts.items()}

    def texts(self, number: str) -> list[Text]:
        """Give the texts on one phone, oldest first."""
        return self._texts.get(number, [])

    def show(self, number: str, kind: str, *, message_uuid: str, other: str, text: str) -> None:
        """Put one text on a phone's screen."""
        shown = Text(kind, message_uuid, other, text, clock.now().isoformat())
        self._texts.setdefault(number, []).append(shown)
        self._diary.enter(f"text.{kind}", number)

    def clear(self) -> None:
        """Empty all phones."""
        self._texts.clear()
