"""What waits to go to a contact that wants nothing more from this sender is stopped, and its writers are told."""

from uuid import UUID

from tortoise.expressions import Q

from server import models
from server.db import Transaction
from server.domain.sending import turning
from server.models import State


async def stop_waiting(
    tx: Transaction, contact_index: str, sender_id: UUID, *, holding: models.Conversation | None = None
) -> int:
    """Let every delivery fail that waits to go there, inside the verb that recorded the wish; how many letters.

    A conversation that somebody else holds at this moment is left to the gate, which asks again before each post: to
    wait for it here could be to wait for each other. `holding` is the one that the verb itself has locked.
    """
    waiting = models.Delivery.filter(_from(sender_id), to_index=contact_index, state=State.WAITING)
    ids = sorted({conversation for (conversation,) in await waiting.values_list("conversation_id")})
    chosen = models.Conversation.filter(id__in=ids).order_by("id")
    stopped = 0
    for found in await chosen.select_for_update(skip_locked=True, no_key=True):
        conversation = holding if holding and holding.id == found.id else found
        stopped += await _stop(tx, conversation, contact_index, sender_id)
    return stopped


async def _stop(tx: Transaction, conversation: models.Conversation, contact_index: str, sender_id: UUID) -> int:
    rows = await models.Delivery.filter(
        _from(sender_id), conversation_id=conversation.id, to_index=contact_index, state=State.WAITING
    ).order_by("created_at")
    letters: dict[UUID, list[models.Delivery]] = {}
    for row in rows:
        letters.setdefault(row.ref, []).append(row)
    for letter in letters.values():
        reason = "opted_out" if letter[0].phone_number_id else "mail_opted_out"
        await turning.turn(tx, conversation, letter, State.FAILED, reason)
    return len(letters)


def _from(sender: UUID) -> Q:
    """A number of ours, or for mails the organization."""
    return Q(phone_number_id=sender) | Q(phone_number_id=None, organization_id=sender)
