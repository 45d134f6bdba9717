"""How often staff may guess (B17): slower after 5, refused after 10 in a quarter of an hour, 100 wrong in a row.

Tries are counted for the account, for the source and for everybody. Whoever signed in from this address before has a
budget apart from strangers, so that an outsider who guesses wrongly all day locks nobody out of their own clinic.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from server import audit, models, tokens
from server.audit import Did
from server.domain import budgets

QUARTER = timedelta(minutes=15)
AT_MOST = 10
IN_A_ROW = 100
FROM_ONE_SOURCE = 100
BY_EVERYBODY = 600
SLOW_AFTER = 5
SLOWER = 0.5
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Tries:
    """What one try has spent."""

    own: tuple[str, ...]
    shared: tuple[str, ...]

    async def were_right(self) -> None:
        """The right answer came: the account's counts begin anew, and the shared ones get this try back."""
        for name in self.own:
            await budgets.forgive(name)
        for name in self.shared:
            await budgets.give_back(name)


async def at_password(address: str, user: UUID | None) -> Tries:
    """Count a try at a password before it is checked.

    :raises Refusal: `too_many`
    """
    source = audit.acting.get().source or ""
    # Asked for unknown accounts too, so that both take the same time.
    known = await models.AuditEntry.filter(
        actor_id=user or tokens.new_id(), did=Did.SIGN_IN_COMPLETE, outcome="done", source=source
    ).exists()
    return await _count("password", f"{address}|{source if known else 'strangers'}", source)


async def at_code(user: UUID) -> Tries:
    """Count a try at a code before it is checked. Only somebody with the password comes here.

    :raises Refusal: `too_many`
    """
    return await _count("code", str(user), audit.acting.get().source or "")


async def at_reset(address: str, *, at_most: int) -> None:
    """Count that a new password was asked for, by its address and by where it was asked from.

    :raises Refusal: `too_many`
    """
    source = network(audit.acting.get().source or "")
    await budgets.spend(f"reset|target|{address}", at_most=at_most, per=QUARTER)
    await budgets.spend(f"reset|source|{source}", at_most=FROM_ONE_SOURCE, per=QUARTER)
    await budgets.spend("reset|everybody", at_most=BY_EVERYBODY, per=timedelta(minutes=1))


async def at_passkey() -> None:
    """Count that somebody who is not signed in asked for a challenge of a passkey.

    :raises Refusal: `too_many`
    """
    source = network(audit.acting.get().source or "")
    await budgets.spend(f"passkey|source|{source}", at_most=FROM_ONE_SOURCE, per=QUARTER)
    await budgets.spend("passkey|everybody", at_most=BY_EVERYBODY, per=timedelta(minutes=1))


async def at_sign_on() -> None:
    """Count that somebody who is not signed in asked to be sent to a clinic's provider.

    :raises Refusal: `too_many`
    """
    source = network(audit.acting.get().source or "")
    await budgets.spend(f"sign_on|source|{source}", at_most=FROM_ONE_SOURCE, per=QUARTER)
    await budgets.spend("sign_on|everybody", at_most=BY_EVERYBODY, per=timedelta(minutes=1))


async def at_link() -> None:
    """Count a link of ours to which nothing belongs; its secret has 256 bits.

    :raises Refusal: `too_many`
    """
    source = network(audit.acting.get().source or "")
    await budgets.spend(f"link|source|{source}", at_most=FROM_ONE_SOURCE, per=QUARTER)
    await budgets.spend("link|everybody", at_most=BY_EVERYBODY, per=timedelta(minutes=1))


async def _count(what: str, target: str, source: str) -> Tries:
    own = (f"{what}|target|{target}", f"{what}|row|{target}")
    shared = (f"{what}|source|{network(source)}", f"{what}|everybody")
    spent = await budgets.spend(own[0], at_most=AT_MOST, per=QUARTER)
    await budgets.spend(own[1], at_most=IN_A_ROW, per=timedelta(days=3650))
    await budgets.spend(shared[0], at_most=FROM_ONE_SOURCE, per=QUARTER)
    await budgets.spend(shared[1], at_most=BY_EVERYBODY, per=timedelta(minutes=1))
    if spent > SLOW_AFTER:
        await asyncio.sleep(SLOWER)
    return Tries(own, shared)


def network(source: str) -> str:
    """One source: an IPv4 address, or the /64 that one IPv6 customer holds."""
    try:
        address = ip_address(source)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/64", strict=False)) if isinstance(address, IPv6Address) else str(address)
