"""Draws the PDF of a transcript. Runs in the limited process only."""

import re
import secrets
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime

from fpdf import FPDF

from server.transcripts import times
from server.transcripts.fonts import Letters
from server.transcripts.shapes import Content, Event, Message, Notice, Transcript

MARGIN, BOTTOM = 18, 20
"""Millimetres."""
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
INK, QUIET = 20, 95
"""Grey of the words, and of what stands beside them."""


class Paper(FPDF):
    """Letter paper with the export, its hash and the page's number at the foot of every page."""

    def __init__(self, document: Transcript, words: Mapping[str, str], language: str) -> None:
        super().__init__(format="letter")
        self.document = document
        self.widths: dict[tuple[str, str, float], float] = {}
        self.all_pages = secrets.token_hex(4)
        # Unguessable, or a message with the same sign would be replaced too.
        self.alias_nb_pages(self.all_pages)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, BOTTOM)
        self.letters = Letters(self, _texts(document, words))
        self.set_title(f"{words['title']} {document.made.id}")
        self.set_lang(language)
        self.set_creation_date(document.made.at)

    def footer(self) -> None:
        """What makes a single page provable."""
        self.set_y(-BOTTOM + 4)
        self.plain(7, QUIET)
        # Without words: the number of all pages is filled in at the end, when nothing is shaped any more.
        self.say(f"{self.document.made.id} · {self.page_no()} / {self.all_pages}", shaped=False)
        self.say(f"SHA-256 {self.document.sha256}", shaped=False)

    def plain(self, size: float, grey: int = INK, style: str = "") -> None:
        """The letters of what follows; `size` in points."""
        self.set_font(self.letters.family, style, size)
        self.set_text_color(grey)

    def say(self, text: str, *, shaped: bool = True) -> None:
        """A paragraph, from the right where its first letters are."""
        shown = self.letters.drawable(text)
        is_complex = any(sign > "\u0300" for sign in shown) and self.letters.is_built
        self.set_text_shaping(is_complex and shaped)
        height, side = self.font_size * 1.35, "R" if _is_from_right(shown) else "L"
        if is_complex and self.get_string_width(shown) > self.epw - 2:
            self.multi_cell(0, height, shown, align=side, new_x="LMARGIN", new_y="NEXT")
            return
        for line in [shown] if is_complex else self._lines(shown):
            self.cell(0, height, line, align=side, new_x="LMARGIN", new_y="NEXT")

    def aside(self, text: str) -> None:
        """What we say beside people's words. From the right, dashes would turn a date round, and slashes do not."""
        self.say(_DATE.sub(r"\1/\2/\3", text) if _is_from_right(text) else text)

    def _lines(self, text: str) -> Iterator[str]:
        """The text in lines that fit. The library's own breaking measures every line once for each of its letters."""
        room, line, used = self.epw - 2, "", 0.0
        space = self._width(" ")
        for word in text.split(" "):
            for part, width in self._parts(word, room):
                if line and used + space + width > room:
                    yield line
                    line, used = part, width
                else:
                    line, used = (f"{line} {part}", used + space + width) if line else (part, width)
        yield line

    def _width(self, word: str) -> float:
        """Words come again and again, and each is measured by its letters."""
        key = (word, self.font_style, self.font_size_pt)
        if key not in self.widths:
            self.widths[key] = self.get_string_width(word)
        return self.widths[key]

    def _parts(self, word: str, room: float) -> Iterator[tuple[str, float]]:
        """A word, or pieces of one that is wider than the page."""
        width = self._width(word)
        most = len(word) if width <= room else max(1, int(len(word) * room / width * 0.6))
        for at in range(0, len(word) or 1, most or 1):
            piece = word[at : at + most]
            yield piece, width if most == len(word) else self._width(piece)


def _is_from_right(text: str) -> bool:
    """By the first letter that has a direction, as `dir=auto` says it of a page."""
    for sign in text:
        if "\u0590" <= sign <= "\u08ff" or "\ufb1d" <= sign <= "\ufefc":
            return True
        if sign.isalpha():
            return False
    return False


def draw(document: Transcript, words: Mapping[str, str], language: str = "en") -> bytes:
    """The whole PDF."""
    paper = Paper(document, words, language)
    paper.add_page()
    _head(paper, document, words)
    _body(paper, document.content, words)
    paper.ln(3)
    paper.plain(9, QUIET)
    paper.say(words["end"] if document.content.messages else words["none"])
    if paper.letters.has_replaced:
        paper.say(words["replaced"])
    return bytes(paper.output())


def _head(paper: Paper, document: Transcript, words: Mapping[str, str]) -> None:
    content, made = document.content, document.made
    paper.plain(18, style="B")
    paper.say(words["title"])
    paper.plain(10)
    for name, value in (
        (words["patient"], content.patient),
        (words["born"], content.date_of_birth.isoformat() if content.date_of_birth else ""),
        (words["mrn"], content.mrn or ""),
        (words["clinic"], f"{content.clinic}, {content.clinic_phone}"),
        (words["team"], content.team),
        (words["times"], content.zone),
    ):
        if value:
            paper.aside(f"{name}: {value}")
    paper.plain(9, QUIET)
    paper.aside(words["made"].format(at=made.local, name=made.by.name))
    paper.ln(2)


def _body(paper: Paper, content: Content, words: Mapping[str, str]) -> None:
    """Each message, and after it what was done before the next one."""
    events = deque(content.events)
    for message in content.messages:
        _events(paper, events, before=message.number)
        _message(paper, message, content, words)
    _events(paper, events, before=None)


def _events(paper: Paper, events: deque[Event], *, before: int | None) -> None:
    while events and (before is None or events[0].number < before):
        event = events.popleft()
        paper.ln(1.5)
        paper.plain(8.5, QUIET)
        paper.aside(f"{event.local} · {event.line}")


def _message(paper: Paper, message: Message, content: Content, words: Mapping[str, str]) -> None:
    if paper.will_page_break(16):
        paper.add_page()
    paper.ln(2.5)
    paper.set_draw_color(205)
    paper.line(MARGIN, paper.y, paper.w - MARGIN, paper.y)
    paper.ln(1.5)
    role = words["staff"] if message.sender.kind == "staff" else words["own"]
    paper.plain(10, style="B")
    paper.say(f"{message.number}. {message.sender.name} ({role})")
    paper.plain(8, QUIET)
    via = words.get(f"via.{message.via}", message.via)
    paper.say(f"{message.local} · {message.at:%Y-%m-%d %H:%M:%S} UTC · {via}")
    if message.sent_at:
        paper.say(words["sent_late"].format(at=_clock(message.sent_at, content)))
    paper.plain(10.5)
    if message.taken_back_at:
        # Nobody takes back what the patient's side wrote: it was somebody else's.
        said = words["taken_back" if message.sender.kind == "staff" else "moved"]
        paper.aside(said.format(at=_clock(message.taken_back_at, content)))
    elif message.body:
        for line in message.body.split("\n"):
            paper.say(line) if line.strip() else paper.ln(4)
    paper.plain(8, QUIET)
    for line in _beside(message, content, words):
        paper.aside(line)


def _beside(message: Message, content: Content, words: Mapping[str, str]) -> Iterator[str]:
    for file in message.files:
        yield words["file"].format(name=f"{file.name or file.media_type or file.state}, {file.size} bytes")
    for notice in message.notices:
        yield _notice(notice, content, words)
    for viewed in message.viewed:
        yield words["viewed"].format(name=viewed.name, at=_clock(viewed.at, content))
    if message.sender.kind == "staff" and message.via.startswith("secure") and not message.viewed:
        yield words["unviewed"]


def _notice(notice: Notice, content: Content, words: Mapping[str, str]) -> str:
    name = words[notice.by] + (f" ({words['reminder']})" if notice.purpose == "reminder" else "")
    state = words.get(f"state.{notice.state}", notice.state)
    times = {
        "accepted": notice.accepted_at,
        "delivered": notice.delivered_at,
        "pressed": notice.pressed_at,
        "confirmed": notice.confirmed_at,
    }
    said = [words[key].format(at=_clock(at, content)) for key, at in times.items() if at]
    if notice.state not in ("sent", "delivered") or not said:
        said.insert(0, f"{state} ({notice.reason})" if notice.reason else state)
    return f"{name}: {' · '.join(said)}"


def _clock(at: datetime, content: Content) -> str:
    return times.of(at, content.zone)


def _texts(document: Transcript, words: Mapping[str, str]) -> Iterator[str]:
    content = document.content
    yield from words.values()
    yield from (
        content.clinic,
        content.clinic_phone,
        content.team,
        content.patient,
        document.made.by.name,
        content.mrn or "",
    )
    yield from (event.line for event in content.events)
    for message in content.messages:
        yield from (message.body or "", message.sender.name)
        yield from (file.name or "" for file in message.files)
        yield from (viewed.name for viewed in message.viewed)
