"""Puts what was there before an index into it, beside the lanes: nobody has to remember to."""

import asyncio
import contextlib

import structlog

from server.domain import filling

log = structlog.get_logger()

EVERY_SECONDS = 3600.0
BREATH_SECONDS = 0.05


async def fill(stop: asyncio.Event) -> None:
    """Go on until everything is there, with a breath after each batch; then look again every hour."""
    while not stop.is_set():
        more = False
        try:
            more = await filling.fill()
        except Exception as failure:  # A database that is away comes back.
            log.error("fill.failed", error=type(failure).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), BREATH_SECONDS if more else EVERY_SECONDS)
