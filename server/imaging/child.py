"""Starts the process that makes a picture anew, and ends it where it takes too long."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from server.imaging.shapes import MOST_BYTES, WHYS, Picture, Unfit

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


async def remake(content: bytes) -> Picture:
    """Make a JPEG or PNG of what may be a picture of any kind that phones take: JPEG, PNG, GIF (its first frame), WebP
    or HEIC. Turned as it should be seen, in sRGB, at most 3,000 pixels a side, without any metadata.

    :raises Unfit: `not_a_picture`, `too_large` (over 10 MB), `too_many_pixels` (over 50 million)
    """
    if len(content) > MOST_BYTES:
        raise Unfit("too_large")
    return await asyncio.get_running_loop().run_in_executor(_hands, _remake, content)


def _remake(content: bytes) -> Picture:
    command = [sys.executable, "-B", "-m", "server.imaging"]
    try:
        ended = subprocess.run(
            command, input=content, capture_output=True, timeout=WALL_SECONDS, check=False, cwd=ROOT, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired:
        raise Unfit("not_a_picture") from None
    return _read(ended.stdout)


def _read(answer: bytes) -> Picture:
    """What the child wrote. It met a stranger's bytes, so it is not believed; no answer means that a limit ended it."""
    line, _, made = answer.partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=Head)
    except msgspec.MsgspecError:
        raise Unfit("not_a_picture") from None
    for why in WHYS:
        if head.why == why:
            raise Unfit(why)
    if head.media_type == "image/jpeg" and made.startswith(b"\xff\xd8\xff"):
        return Picture(made, "image/jpeg", head.width, head.height)
    if head.media_type == "image/png" and made.startswith(b"\x89PNG\r\n\x1a\n"):
        return Picture(made, "image/png", head.width, head.height)
    raise Unfit("not_a_picture")
