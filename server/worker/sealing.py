"""Seals the audit, beside the lanes: a few seconds after it was written."""

import asyncio
import contextlib

import structlog

from server.domain import sealing

log = structlog.get_logger()

EVERY_SECONDS = 3.0
BREATH_SECONDS = 0.05
"""Between two batches, while there is more: what people do comes first."""


async def seal(stop: asyncio.Event) -> None:
    """Go on until told to stop."""
    while not stop.is_set():
        more = False
        try:
            more = await sealing.seal()
        except Exception as failure:  # A database that is away comes back.
            log.error("seal.failed", error=type(failure).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), BREATH_SECONDS if more else EVERY_SECONDS)
