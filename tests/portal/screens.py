"""`python -m tests.portal.screens OUT [STATE…]`: a picture of every state in every language, for a person to look at.

Each is taken on a narrow phone in light colours; the further words `dark` and `wide` change that. A sheet for each
language shows all of them side by side.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from PIL import Image

from portal import words
from server.migrate import run
from tests.portal import walking
from tests.portal.states import STATES
from tests.portal.walking import PHONE, Stage

ACROSS = 6


async def main(out: Path, *, only: list[str], dark: bool, wide: bool) -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'pictures.sqlite3'}"
        await run.migrate(database)
        async with walking.stage(database, folder) as stage:
            for language in words.LANGUAGES:
                taken = [
                    await _take(stage, out, state, language, dark=dark, wide=wide)
                    for state in STATES
                    if not only or state in only
                ]
                _sheet(taken).save(out / f"sheet-{language}.png")


async def _take(stage: Stage, out: Path, state: str, language: str, *, dark: bool, wide: bool) -> Path:
    size = (1280, 800) if wide else PHONE
    async with stage.case(language=language, size=size) as (case, screen):
        await STATES[state](case)
        await screen.page.emulate_media(color_scheme="dark" if dark else "light")
        await walking.settle(screen.page)
        path = out / f"{state}-{language}.png"
        await screen.page.screenshot(path=path, full_page=True)
        return path


def _sheet(paths: list[Path]) -> Image.Image:
    """All pictures of a language side by side."""
    pictures = [Image.open(path) for path in paths]
    rows = [pictures[at : at + ACROSS] for at in range(0, len(pictures), ACROSS)]
    width = max(sum(each.width + 12 for each in row) for row in rows)
    sheet = Image.new("RGB", (width, sum(max(each.height for each in row) + 12 for row in rows)), "#888")
    top = 0
    for row in rows:
        for nth, each in enumerate(row):
            sheet.paste(each, (nth * (each.width + 12), top))
        top += max(each.height for each in row) + 12
    return sheet


if __name__ == "__main__":
    target, *more = sys.argv[1:]
    states = [each for each in more if each in STATES]
    Path(target).mkdir(parents=True, exist_ok=True)
    asyncio.run(main(Path(target), only=states, dark="dark" in more, wide="wide" in more))
