"""All checks, side by side: they wait for other computers most of the time."""

import asyncio
from collections.abc import Awaitable, Callable

from server.checks import carrier, finding, mail, push, sender, stores
from server.checks.finding import Finding
from server.settings import Settings

Check = Callable[[Settings], Awaitable[list[Finding]]]

CHECKS: dict[str, Check] = {
    "database": stores.database,
    "bus": stores.bus,
    "mail server": mail.server,
    "mail sender": sender.records,
    "staff notices": push.keys,
    "webhooks": carrier.webhooks,
    "carrier account": carrier.account,
}


async def findings(settings: Settings) -> list[Finding]:
    """Everything that was found, in the order of the checks."""
    found = await asyncio.gather(*(_one(name, check, settings) for name, check in CHECKS.items()))
    return [each for several in found for each in several]


async def _one(name: str, check: Check, settings: Settings) -> list[Finding]:
    try:
        return await check(settings)
    except Exception as failure:  # A check that breaks must not hide what the others found.
        return [finding.cannot_tell(name, f"The check itself failed ({type(failure).__name__}).")]
