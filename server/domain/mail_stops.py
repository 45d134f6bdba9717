"""Somebody wants no more mails from us, and says so by the way that every mail offers."""

from uuid import UUID

from server.db import transaction
from server.domain import opt_outs
from server.domain.sending import origins
from server.models import StopSource


async def stop(letter: UUID) -> bool:
    """Send no more mails of this clinic to the address that this letter went to; whether that is new.

    Whoever holds the letter's token may do this, and nothing else. A letter that we no longer know stops nothing.
    """
    async with transaction() as tx:
        origin = await origins.of(letter)
        if origin is None or origin.contact is None:
            return False
        wish = opt_outs.Wish(origin.organization, origin.contact, origin.organization, StopSource.MAIL)
        return await opt_outs.record(tx, wish)
