"""Messages leave the letters that have not gone yet."""

from collections.abc import Collection, Sequence
from uuid import UUID

from server import clock, models
from server.domain.sending import turning
from server.models import State

TAKEN_BACK, VIEWED = "taken_back", "viewed"
"""The reasons of deliveries that were cancelled: the message was taken back; there was nothing left to remind of."""


async def withdraw(messages: Collection[UUID], reason: str = TAKEN_BACK) -> list[UUID]:
    """Cancel what waits for these messages, inside a verb that holds their conversation's lock.

    The answer are messages that stay and have another delivery now: whoever shows them must hear of it.

    What rides with them must still go. A letter says nothing about its messages, so it is as good for those that stay:
    the message that leads changes places with the first that stays, and the letter keeps its name at the carrier. So
    nothing can be posted twice by this, whether or not an earlier try of the letter got somewhere.
    """
    waiting = await models.Delivery.filter(message_id__in=list(messages), state=State.WAITING)
    return [moved for ref in {row.ref for row in waiting} for moved in await _withdraw_from(ref, messages, reason)]


async def _withdraw_from(ref: UUID, messages: Collection[UUID], reason: str) -> list[UUID]:
    rows = [row for row in await turning.of_ref(ref) if row.state is State.WAITING]
    gone = [row for row in rows if row.message_id in messages]
    stay = [row for row in rows if row.message_id not in messages]
    leads = bool(stay) and gone[0].id == ref
    if leads:
        _change_places(gone[0], stay[0])
        gone[0], stay[0] = stay[0], gone[0]
        await stay[0].save(update_fields=["message_id", "purpose"])
    await _cancel(gone, reason)
    return [stay[0].message_id] if leads else []


def _change_places(one: models.Delivery, other: models.Delivery) -> None:
    one.message_id, other.message_id = other.message_id, one.message_id
    one.purpose, other.purpose = other.purpose, one.purpose


async def _cancel(rows: Sequence[models.Delivery], reason: str) -> None:
    """Each under a name of its own, so that nothing said of the letter they left reaches them."""
    for row in rows:
        row.ref, row.state, row.reason, row.changed_at = row.id, State.CANCELLED, reason, clock.now()
        row.claim, row.lease_until = None, None
        fields = ["message_id", "purpose", "ref", "state", "reason", "changed_at", "claim", "lease_until"]
        await row.save(update_fields=fields)
