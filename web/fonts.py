"""Puts the letters of our PDFs beside the module that draws them, out of the packages that npm has brought.

They come packed for browsers (WOFF); the library that shapes Arabic and other scripts reads them unpacked.
"""

from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

from server.transcripts import fonts

PACKAGES = ("noto-sans", "noto-sans-arabic", "noto-emoji")


def unpack(modules: Path, *, into: Path = fonts.FOLDER) -> None:
    """Unpack every font that a PDF may need; what is there already is made anew."""
    into.mkdir(exist_ok=True)
    for name in fonts.NAMES:
        [packed] = [path for each in PACKAGES if (path := modules / f"@fontsource/{each}/files/{name}.woff").exists()]
        font = TTFont(packed)
        font.flavor = None
        font.save(into / f"{name}.ttf")
