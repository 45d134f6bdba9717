"""A person asks for a new try of what failed, or of what nobody knows the fate of."""

from collections.abc import Sequence
from uuid import UUID

from server import access, audit, errors, models
from server.audit import Did
from server.db import transaction
from server.domain import deliveries, gate
from server.domain.sending import turning
from server.errors import Kind, Refusal
from server.models import Purpose


async def retry(delivery_id: UUID, *, by: access.Staff) -> UUID:
    """Put the message of a failed or uncertain delivery on its way again, once; its id. It goes to the contact now on
    file, or again to the one that was chosen for it.

    Messages that rode with it come along. The new delivery has a name of its own at the carrier: a person decided that
    the patient may get a second text.

    :raises Refusal: `unknown`, `not_allowed`, `already_retried`, `nothing_to_retry`, and as `deliveries.arrange`
    """
    async with transaction() as tx:
        asked = await models.Delivery.filter(id=delivery_id).first()
        if asked is None:
            raise errors.unknown()
        conversation = await access.own_conversation(by, asked.conversation_id)
        rows = {row.id: row for row in await turning.of_ref(asked.ref)}
        _must_be_retriable(rows[delivery_id])
        again = [row for row in rows.values() if row.state in turning.TROUBLES and not row.retried]
        staying = models.Message.filter(id__in=[row.message_id for row in again], recalled_at=None)
        messages = await staying.order_by("number")
        _must_still_stand(asked, messages)
        await models.Delivery.filter(id__in=[row.id for row in again]).update(retried=True)
        order = deliveries.Order(
            path=gate.Path.RETRY,
            purpose=Purpose.RETRY,
            carries=(asked.carries,),
            is_sure=True,
            at=asked.to_index if asked.chosen else None,
        )
        for message in messages:
            await deliveries.arrange(conversation, message, order)
        await _enter(conversation, delivery_id)
        conversation.trouble = await turning.trouble_of(conversation)
        await turning.tell(tx, conversation, [message.id for message in messages])
        return asked.message_id


def _must_be_retriable(row: models.Delivery) -> None:
    if row.retried:
        sentence = "Somebody has tried this again already. Look at the conversation for what became of it."
        raise Refusal(Kind.CONFLICT, "already_retried", sentence)
    if row.state not in turning.TROUBLES:
        sentence = "This message did not fail, so there is nothing to try again."
        raise Refusal(Kind.CONFLICT, "nothing_to_retry", sentence)


def _must_still_stand(asked: models.Delivery, staying: Sequence[models.Message]) -> None:
    if asked.message_id not in {message.id for message in staying}:
        sentence = "This message was taken back, so there is nothing to try again."
        raise Refusal(Kind.CONFLICT, "nothing_to_retry", sentence)


async def _enter(conversation: models.Conversation, delivery: UUID) -> None:
    await audit.enter(
        Did.DELIVERY_RETRIED,
        organization=conversation.organization_id,
        about=delivery,
        patient=conversation.patient_id,
        data={"conversation": conversation.id},
    )
