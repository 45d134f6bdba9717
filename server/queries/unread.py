"""Secure messages that the patient has not viewed."""

from collections.abc import Collection
from uuid import UUID

from server import models
from server.models import Via

SECURE = (Via.SECURE_SMS, Via.SECURE_EMAIL)


async def of(conversation: UUID, *, start: int = 1) -> list[models.Message]:
    """The secure messages from number `start` on that the patient has not viewed, the oldest first.

    What was taken back does not count, nor what stands before the patient's own newest words: who answers has read, or
    wants to be read first. What a proxy viewed, or wrote, says nothing of the patient.
    """
    own = models.Message.filter(conversation_id=conversation, user_id=None, proxy_id=None, recalled_at=None)
    reply = await own.order_by("-number").first()
    answered = reply.number + 1 if reply else 1
    found = await models.Message.filter(
        conversation_id=conversation,
        number__gte=max(start, answered),
        user_id__not_isnull=True,
        via__in=SECURE,
        recalled_at=None,
    ).order_by("number")
    seen = await viewed([message.id for message in found], proxy=None)
    return [message for message in found if message.id not in seen]


async def of_anybody(conversation: UUID, *, start: int = 1) -> list[models.Message]:
    """The same without what a proxy has viewed: nobody at all who may read them has."""
    found = await of(conversation, start=start)
    rows = models.Receipt.filter(message_id__in=[message.id for message in found])
    seen = set(await rows.values_list("message_id", flat=True)) if found else set()
    return [message for message in found if message.id not in seen]


async def viewed(messages: Collection[UUID], *, proxy: UUID | None) -> set[UUID]:
    """Those of these messages that the patient has viewed, or this proxy of theirs."""
    if not messages:
        return set()
    rows = models.Receipt.filter(message_id__in=list(messages), proxy_id=proxy)
    return {message for (message,) in await rows.values_list("message_id")}
