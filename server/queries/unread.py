"""Secure messages that the patient has not viewed."""

from uuid import UUID

from server import models
from server.models import Via

SECURE = (Via.SECURE_SMS, Via.SECURE_EMAIL)


async def of(conversation: UUID, *, start: int = 1) -> list[models.Message]:
    """The secure messages from number `start` on that the patient has not viewed, the oldest first.

    What was taken back does not count, nor what stands before the patient's own newest words: who answers has read, or
    wants to be read first.
    """
    reply = await models.Message.filter(conversation_id=conversation, user_id=None).order_by("-number").first()
    answered = reply.number + 1 if reply else 1
    return await models.Message.filter(
        conversation_id=conversation,
        number__gte=max(start, answered),
        user_id__not_isnull=True,
        via__in=SECURE,
        recalled_at=None,
        receipts__id__isnull=True,
    ).order_by("number")
