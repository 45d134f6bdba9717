"""Starts the process that draws the PDF, and ends it where it takes too long.

It knows nothing of ours: what it draws comes in, and goes out as a file. So the loop that serves everybody never waits
for it, and letters of strangers meet the font libraries where nothing is to be had.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from server.transcripts import document
from server.transcripts.shapes import AnyContent, Document, Made

WALL_SECONDS = 240
AT_ONCE = 2
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
_hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="transcripts")


class Task(msgspec.Struct, frozen=True):
    """What the process is given."""

    document: Document
    words: dict[str, str]
    language: str


class Undrawn(Exception):
    """There is no PDF of this: it took too much time or memory."""


async def pdf(made: Made, content: AnyContent, words: Mapping[str, str], *, language: str = "en") -> bytes:
    """The document as a PDF; `words` has the keys of `words.ENGLISH`, a record's of `words.RECORD`, an
    incident's of `words.INCIDENT`, in `language`.

    :raises Undrawn: it took too long
    """
    task = msgspec.msgpack.encode(Task(document.of(made, content), dict(words), language))
    return await asyncio.get_running_loop().run_in_executor(_hands, _draw, task)


def _draw(task: bytes) -> bytes:
    command = [sys.executable, "-B", "-m", "server.transcripts"]
    try:
        ended = subprocess.run(
            command, input=task, capture_output=True, timeout=WALL_SECONDS, check=False, cwd=ROOT, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired:
        raise Undrawn("too slow") from None
    if ended.returncode or not ended.stdout.startswith(b"%PDF-"):
        raise Undrawn("it ended without a document")
    return ended.stdout
