"""A notice that did not arrive by text goes by mail, where the patient agreed to mails."""

from collections.abc import Sequence
from uuid import UUID

from server import models
from server.domain import deliveries, gate
from server.errors import Refusal
from server.models import Carries, ConsentTo, Purpose
from server.queries import consents, unread

ORDER = deliveries.Order(path=gate.Path.OTHER_WAY, purpose=Purpose.OTHER_WAY, carries=(Carries.NOTICE_EMAIL,))


async def by_mail(conversation: models.Conversation, rows: Sequence[models.Delivery]) -> None:
    """These failed for good, inside the verb that says so: send one mail for their messages, once for each message.

    Plain texts never take this way: their words were written for a phone, and a mail could only say that there are
    some. Nor does what was taken back, or viewed meanwhile. What the gate refuses stays failed, for a person.
    """
    failed = [row.message_id for row in rows if row.carries is Carries.NOTICE_SMS]
    if not failed or not await consents.gives(conversation.patient_id, ConsentTo.EMAIL):
        return
    made = []
    for message in await _without_a_mail(failed):
        try:
            made += await deliveries.arrange(conversation, message, ORDER)
        except Refusal:
            return
    for rider in made[1:]:
        rider.ref = made[0].ref
        await rider.save(update_fields=["ref"])


async def _without_a_mail(messages: Sequence[UUID]) -> list[models.Message]:
    mailed = models.Delivery.filter(message_id__in=list(messages), carries=Carries.NOTICE_EMAIL)
    have = set(await mailed.values_list("message_id", flat=True))
    left = [message for message in messages if message not in have]
    seen = await unread.viewed(left, proxy=None)
    standing = models.Message.filter(id__in=[message for message in left if message not in seen], recalled_at=None)
    return await standing.order_by("number")
