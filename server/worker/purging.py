"""Forgets what is kept for a time only, and finds what time alone has made due: once an hour."""

import asyncio
import contextlib

import structlog

from server.domain import (
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


async def purge(stop: asyncio.Event) -> None:
    """Purge now and every hour until told to stop."""
    while not stop.is_set():
        try:
            if count := await webhooks.purge():
                log.info("webhooks.purged", count=count)
            if count := await uploads.sweep():
                log.info("uploads.swept", count=count)
            if count := await imports.sweep():
                log.info("imports.forgotten", count=count)
            if count := await pushes.forget():
                log.info("pushes.forgotten", count=count)
            if count := await outbox.forget():
                log.info("events.forgotten", count=count)
            await passkey_checks.forget()
            await single_sign_on.forget()
            if count := await identity_trouble.forget():
                log.info("typed_dates.forgotten", count=count)
            if count := await proxy_reviews.look():
                log.info("proxies.paused", count=count)
        except Exception as failure:  # A database that is away comes back.
            log.error("purge.failed", error=type(failure).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
