"""A mail that its server had taken comes back."""

from uuid import UUID

from server import audit
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import carrier_calls, contacts, proxy_notices
from server.domain.sending import origins, turning
from server.domain.sending.origins import Origin
from server.models import State

DEAD = frozenset({"no_mailbox", "bad_address", "bounced"})
"""What says that the mailbox itself is no good. A full one empties, and a server's distrust is of us."""


async def bounce(letter: UUID, reason: str, *, name: str) -> None:
    """Let a bounce take effect, once per `name`: the delivery failed, and nothing more goes to a mailbox that is dead.

    States move forward only. It counts after the patient viewed the message too: that was another way to it. What is
    not ours, or no longer here, is heard and forgotten.
    """
    async with transaction() as tx:
        if not await carrier_calls.hear(f"bounce:{letter}:{name}"):
            return
        origin = await origins.of(letter)
        if origin is None:
            return
        if origin.is_delivery:
            conversation = await turning.locked(origin.conversation)
            await turning.forward(tx, conversation, await turning.of_ref(letter), State.FAILED, reason)
        await proxy_notices.failed_later(tx, letter, reason)
        await _enter(origin, reason)
        await _pause(tx, origin, reason)


async def _pause(tx: Transaction, origin: Origin, reason: str) -> None:
    if origin.contact and reason in DEAD:
        await contacts.pause(tx, origin.organization, origin.contact, reason)


async def _enter(origin: Origin, reason: str) -> None:
    await audit.enter(
        Did.MAIL_BOUNCED,
        organization=origin.organization,
        about=origin.letter,
        patient=origin.patient,
        data={"conversation": origin.conversation, "reason": reason},
    )
