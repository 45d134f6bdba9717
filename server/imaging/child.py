"""Starts the process that makes a file anew, and ends it where it takes too long."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import msgspec

from server.imaging.shapes import MOST_BYTES, MOST_PAGES, WHYS, Paper, Picture, Unfit, Why

WALL_SECONDS = 20
AT_ONCE = 2
ROOT = Path(__file__).resolve().parents[2]
# Nothing of ours is in its environment: the settings hold every secret of the house.
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}

_hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="imaging")


class Head(msgspec.Struct, frozen=True):
    """The first line of the answer: either `why`, or what the bytes after it are."""

    why: str | None = None
    media_type: str = ""
    width: int = 0
    height: int = 0
    pages: int = 0


async def remake(content: bytes, *, most: int = MOST_BYTES, is_strict: bool = False) -> Picture:
    """Make a JPEG or PNG of what may be a picture of any kind that phones take: JPEG, PNG, GIF (its first frame), WebP
    or HEIC. Turned as it should be seen, in sRGB, at most 3,000 pixels a side, without any metadata.

    `is_strict`: a picture that is a page or an archive as well is refused, not only stripped.

    :raises Unfit: `not_a_picture`, `too_large` (over `most` bytes), `too_many_pixels` (over 50 million), `two_in_one`
    """
    if len(content) > most:
        raise Unfit("too_large")
    return _picture(await _ask(content, "photo" if is_strict else "picture", otherwise="not_a_picture"))


async def clean(content: bytes) -> Paper:
    """Make a PDF of a PDF that has its pages and nothing else: no script, form, action, file or metadata.

    :raises Unfit: `not_a_document`, `locked_document`, `active_document`, `too_many_pages`, `odd_pages`, `two_in_one`
    """
    head, made = await _ask(content, "document", otherwise="not_a_document")
    if head.media_type != "application/pdf" or not made.startswith(b"%PDF-") or not 0 < head.pages <= MOST_PAGES:
        raise Unfit("not_a_document")
    return Paper(made, "application/pdf", head.width, head.height, head.pages)


async def draw(content: bytes, page: int, width: int) -> Picture:
    """Draw a page (from 1) of a PDF that we made, so many pixels wide.

    :raises Unfit: `not_a_document`
    """
    try:
        return _picture(await _ask(content, "page", page, width, otherwise="not_a_document"))
    except Unfit:
        raise Unfit("not_a_document") from None


async def read(content: bytes) -> list[str]:
    """The words of each page of a PDF that we made.

    :raises Unfit: `not_a_document`
    """
    _, made = await _ask(content, "words", otherwise="not_a_document")
    try:
        return msgspec.json.decode(made, type=list[str])
    except msgspec.MsgspecError:
        raise Unfit("not_a_document") from None


async def tidy(content: bytes) -> Paper:
    """A text in UTF-8 with line feeds, of one in UTF-8, UTF-16 or Latin-1.

    :raises Unfit: `not_a_text`, `text_too_long`
    """
    head, made = await _ask(content, "text", otherwise="not_a_text")
    try:
        is_text = head.media_type == "text/plain" and "\0" not in made.decode()
    except UnicodeDecodeError:
        is_text = False
    if not is_text:
        raise Unfit("not_a_text")
    return Paper(made, "text/plain")


async def _ask(content: bytes, *words: str | int, otherwise: Why) -> tuple[Head, bytes]:
    """Start the process with these words. `otherwise` is why not where it does not say."""
    asked = partial(_run, content, [str(word) for word in words], otherwise)
    return _read(await asyncio.get_running_loop().run_in_executor(_hands, asked), otherwise)


def _run(content: bytes, words: list[str], otherwise: Why) -> bytes:
    command = [sys.executable, "-B", "-m", "server.imaging", *words]
    try:
        ended = subprocess.run(
            command, input=content, capture_output=True, timeout=WALL_SECONDS, check=False, cwd=ROOT, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired:
        raise Unfit(otherwise) from None
    return ended.stdout


def _read(answer: bytes, otherwise: Why) -> tuple[Head, bytes]:
    """What the child wrote. It met a stranger's bytes, so it is not believed; no answer means that a limit ended it."""
    line, _, made = answer.partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=Head)
    except msgspec.MsgspecError:
        raise Unfit(otherwise) from None
    for why in WHYS:
        if head.why == why:
            raise Unfit(why)
    return head, made


def _picture(answered: tuple[Head, bytes]) -> Picture:
    head, made = answered
    if head.media_type == "image/jpeg" and made.startswith(b"\xff\xd8\xff"):
        return Picture(made, "image/jpeg", head.width, head.height)
    if head.media_type == "image/png" and made.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture(made, "image/png", head.width, head.height)
    raise Unfit("not_a_picture")
