"""Forgets what is kept for a time only, and finds what time alone has made due: once an hour."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

import structlog

from server.domain import (
    deleting,
    identity_trouble,
    imports,
    outbox,
    passkey_checks,
    proxy_reviews,
    pushes,
    single_sign_on,
    uploads,
    webhooks,
)

log = structlog.get_logger()

EVERY_SECONDS = 3600.0
LOOKS: Mapping[str, Callable[[], Awaitable[int]]] = {
    "webhooks.purged": webhooks.purge,
    "uploads.swept": uploads.sweep,
    "imports.forgotten": imports.sweep,
    "pushes.forgotten": pushes.forget,
    "events.forgotten": outbox.forget,
    "challenges.forgotten": passkey_checks.forget,
    "sign_ons.forgotten": single_sign_on.forget,
    "typed_dates.forgotten": identity_trouble.forget,
    "proxies.paused": proxy_reviews.look,
    "conversations.purged": deleting.look,
}
"""What each look is called in the log, where it found anything."""


async def purge(stop: asyncio.Event) -> None:
    """Purge now and every hour until told to stop."""
    while not stop.is_set():
        for name, look in LOOKS.items():
            try:
                if count := await look():
                    log.info(name, count=count)
            except Exception as failure:  # A database that is away comes back; one look is no reason against the next.
                log.error("purge.failed", kind=name, error=type(failure).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
