"""What changed about how somebody signs in, told by mail to whoever's account it is: it may not have been them (B22).
What changed for a whole clinic is told to its admins.

A mail names the act, when it was and on what; no address, no code, and nothing to press.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from server import audit, clock, tokens
from server.domain import budgets, jobs

MAIL = "account_mail"
"""The kind of the job that writes one."""
MANY = 5
"""So many wrong passwords and codes in a day are news, once."""
_UNCOUNTED = 2**31 - 1


class What(StrEnum):
    """What is told."""

    PASSWORD = "password"  # noqa: S105 - a tag
    AUTHENTICATOR = "authenticator"
    CODES_MADE = "codes_made"
    CODE_USED = "code_used"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    FACTORS_RESET = "factors_reset"
    MANY_WRONG = "many_wrong"
    SIGN_ON = "sign_on"
    BREAK_GLASS = "break_glass"
    ERASE_ASKED = "erase_asked"


class News(msgspec.Struct, frozen=True):
    """One piece: when, on what (a code of `server/devices.py`), and how many codes are `left` where one was used."""

    what: What
    at: datetime
    device: str | None
    left: int | None = None


async def tell(user: UUID, what: What, *, left: int | None = None) -> None:
    """Send the mail, inside the verb that it tells of."""
    await jobs.begin(MAIL, user, at=clock.now(), data=News(what, clock.now(), audit.acting.get().device, left))


async def note_wrong(address: str, user: UUID | None) -> None:
    """Count a wrong password or code of an account; the fifth of a day is told. Unknown addresses cost the same."""
    spent = await budgets.spend(f"wrong|{address}", at_most=_UNCOUNTED, per=timedelta(days=1))
    if spent == MANY:
        await tell(user or tokens.new_id(), What.MANY_WRONG)
