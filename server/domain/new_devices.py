"""Somebody signed in from where they never did: they are told by mail, for a stranger may have their secrets (B22).

A place is a browser and system, and the network it is in. An account's first place is no news.
"""

from datetime import datetime

import msgspec

from server import audit, clock, models
from server.domain import guesses, jobs

MAIL = "new_device_mail"
"""The kind of the job that writes one."""


class Place(msgspec.Struct, frozen=True):
    """When it was, and on what (a code of `server/devices.py`)."""

    at: datetime
    device: str | None


async def look(user: models.User) -> None:
    """Inside the verb that signs them in, before their session is there: see that they are told, if it is news."""
    who = audit.acting.get()
    earlier = models.StaffSession.filter(user_id=user.id, complete=True, source__not_isnull=True)
    known = {(device, guesses.network(source)) for device, source in await earlier.values_list("device", "source")}
    if known and (who.device, guesses.network(who.source or "")) not in known:
        await jobs.begin(MAIL, user.id, at=clock.now(), data=Place(clock.now(), who.device))
