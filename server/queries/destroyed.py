"""Keys that were destroyed are dropped by each process that had opened them, with what they had opened."""

import asyncio
from collections.abc import Collection
from uuid import UUID

import structlog

from server import keys
from server.queries import names

log = structlog.get_logger()
opened = keys.opened

ONCE_MORE = 3.0
"""Seconds after which a keyring is found that was being opened while its keys were destroyed."""


async def look(among: Collection[UUID] | None = None) -> int:
    """Drop whose keys are gone, of these clinics or of all that this process has opened; how many."""
    gone = await keys.forget_destroyed(among)
    for organization in gone:
        names.forget(organization)
    return len(gone)


async def heard(streams: Collection[UUID]) -> None:
    """Something happened in these Streams: those of clinics are looked at now and once more."""
    clinics = keys.opened() & set(streams)
    for wait in (0.0, ONCE_MORE) if clinics else ():
        await asyncio.sleep(wait)
        try:
            await look(clinics)
        except (
            Exception
        ) as failure:  # A database that is away comes back, and the next thing that happens is looked at.
            log.warning("keys.not_looked_at", error=type(failure).__name__)
