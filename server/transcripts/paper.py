"""The pages that a document is drawn on. Runs in the limited process only."""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping

from fpdf import FPDF

from server.transcripts.fonts import Letters
from server.transcripts.shapes import Document

MARGIN, BOTTOM = 18, 20
"""Millimetres."""
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
INK, QUIET = 20, 95
"""Grey of the words, and of what stands beside them."""


class Paper(FPDF):
    """Letter paper with the export, its hash and the page's number at the foot of every page."""

    def __init__(self, document: Document, title: str, texts: Iterable[str], language: str) -> None:
        super().__init__(format="letter")
        self.document = document
        self.widths: dict[tuple[str, str, float], float] = {}
        self.all_pages = secrets.token_hex(4)
        # Unguessable, or a message with the same sign would be replaced too.
        self.alias_nb_pages(self.all_pages)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, BOTTOM)
        self.letters = Letters(self, texts)
        self.set_title(f"{title} {document.made.id}")
        self.set_lang(language)
        self.set_creation_date(document.made.at)
        self.add_page()

    def footer(self) -> None:
        """What makes a single page provable."""
        self.set_y(-BOTTOM + 4)
        self.plain(7, QUIET)
        # Without words: the number of all pages is filled in at the end, when nothing is shaped any more.
        self.say(f"{self.document.made.id} · {self.page_no()} / {self.all_pages}", shaped=False)
        self.say(f"SHA-256 {self.document.sha256}", shaped=False)

    def head(self, title: str, lines: Mapping[str, str], made: str) -> None:
        """What stands above the first words: `lines` that have a value, and who made it when."""
        self.heading(title, 18)
        self.plain(10)
        for name, value in lines.items():
            if value:
                self.aside(f"{name}: {value}")
        self.plain(9, QUIET)
        self.aside(made.format(at=self.document.made.local, name=self.document.made.by.name))
        self.ln(2)

    def heading(self, text: str, size: float) -> None:
        """A heading; `size` in points."""
        self.plain(size, style="B")
        self.say(text)

    def note(self, text: str) -> None:
        """A quiet line after a gap."""
        self.ln(3)
        self.plain(9, QUIET)
        self.say(text)

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
