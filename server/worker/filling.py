"""Puts what was there before an index into it, beside the lanes: nobody has to remember to."""

import asyncio
import contextlib
import time

import structlog

from server.domain import filling

log = structlog.get_logger()

EVERY_SECONDS = 3600.0
BREATH = 4
"""After each batch it rests so many times as long as that took: what people wait for comes first."""


async def fill(stop: asyncio.Event) -> None:
    """Go on until everything is there, with a breath after each batch; then look again every hour."""
    while not stop.is_set():
        more, began = False, time.monotonic()
        try:
            more = await filling.fill()
        except Exception as failure:  # A database that is away comes back.
            log.error("fill.failed", error=type(failure).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), BREATH * (time.monotonic() - began) if more else EVERY_SECONDS)
