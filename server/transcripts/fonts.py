"""The letters that a PDF is drawn with: those of the fonts that the build has put beside this file.

A font is opened only when the ones before it lack a sign. What none of them has becomes the replacement mark.
"""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

FOLDER = Path(__file__).parent / "built"
BASE = "noto-sans-latin-400-normal"
BOLD = "noto-sans-latin-700-normal"
OTHERS = (
    "noto-sans-latin-ext-400-normal",
    "noto-sans-arabic-arabic-400-normal",
    "noto-sans-cyrillic-400-normal",
    "noto-sans-greek-400-normal",
    "noto-sans-vietnamese-400-normal",
    "noto-sans-devanagari-400-normal",
    "noto-sans-cyrillic-ext-400-normal",
    "noto-sans-greek-ext-400-normal",
    "noto-emoji-emoji-400-normal",
)
NAMES = (BASE, BOLD, *OTHERS)
MARK = "\ufffd"
JOINERS = "\u200c\u200d\ufe0e\ufe0f"
"""They shape their neighbours and are not seen; drawn only where a font knows them."""


class Letters:
    """The fonts of one document. `mark` stands for what they lack; `has_replaced` once it was needed."""

    def __init__(self, pdf: FPDF, texts: Iterable[str]) -> None:
        signs = {sign for text in texts for sign in text}
        self.is_built = (FOLDER / f"{BASE}.ttf").exists()
        self.has_replaced = False
        self.known = set(map(chr, (*range(32, 127), *range(160, 256)))) if not self.is_built else set()
        self.family = "helvetica"
        if self.is_built:
            self._open(pdf, signs)
        self.mark = MARK if MARK in self.known else "?"

    def _open(self, pdf: FPDF, signs: set[str]) -> None:
        self.family = "base"
        pdf.add_font("base", fname=FOLDER / f"{BASE}.ttf")
        pdf.add_font("base", "B", fname=FOLDER / f"{BOLD}.ttf")
        self._learn(pdf, "base")
        opened = []
        for name in OTHERS:
            if not (signs - self.known) or not (FOLDER / f"{name}.ttf").exists():
                continue
            pdf.add_font(name, fname=FOLDER / f"{name}.ttf")
            pdf.add_font(name, "B", fname=FOLDER / f"{name}.ttf")
            self._learn(pdf, name)
            opened.append(name)
        pdf.set_fallback_fonts(opened, exact_match=False)

    def _learn(self, pdf: FPDF, family: str) -> None:
        font = pdf.fonts[family]
        if isinstance(font, TTFFont):
            self.known |= {chr(code) for code in font.cmap}

    def drawable(self, text: str) -> str:
        """The text with a mark for every sign that cannot be drawn, or that would only move others about."""
        return "".join(self._sign(sign) for sign in unicodedata.normalize("NFC", text))

    def _sign(self, sign: str) -> str:
        if sign == "\n" or (sign in self.known and unicodedata.category(sign) not in ("Cc", "Cf")):
            return sign
        if sign in JOINERS:
            return sign if sign in self.known else ""
        if sign.isspace():
            return " "
        self.has_replaced = True
        return self.mark
