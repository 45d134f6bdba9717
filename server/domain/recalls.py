"""Staff take a message back: an undo in the first seconds, or later, while the patient has not viewed it."""

from uuid import UUID

from tortoise.expressions import Q

from server import access, audit, clock, errors, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import answers, indexing, managing, questions
from server.domain.sending import turning, withdrawing
from server.errors import Kind, Refusal
from server.models import State, Via

LONGEST = 30
"""For how many seconds at most a clinic may hold what its staff send."""


async def recall(message_id: UUID, *, by: access.Staff) -> UUID:
    """Take a colleague's or one's own message back; its id. Taken back again changes nothing.

    A secure message goes from the patient's page until they have viewed it, whatever became of its notice. A plain text
    can be taken back only while no try was made to send it. Viewing waits for the same lock, so a message is never both
    viewed and taken back. Afterwards the conversation stands as if it had not been sent.

    :raises Refusal: `unknown`, `not_allowed`, `already_viewed`, `already_sent`
    """
    async with transaction() as tx:
        conversation, message = await _locked(message_id, by=by)
        if message.recalled_at:
            return message.id
        await take_back(tx, conversation, message, by=by.user)
        return message.id


async def take_back(
    tx: Transaction, conversation: models.Conversation, message: models.Message, *, by: UUID | None
) -> None:
    """The same inside another verb that holds the conversation's lock.

    :raises Refusal: `already_viewed`, `already_sent`
    """
    await _must_be_in_reach(message)
    message.recalled_at, message.recalled_by_id = clock.now(), by
    message.rev = conversation.rev = conversation.rev + 1
    await message.save(update_fields=["recalled_at", "recalled_by_id", "rev"])
    await indexing.forget(message.id)
    moved = await withdrawing.withdraw([message.id])
    await models.Message.filter(id__in=moved).update(rev=conversation.rev)
    await _set_back(conversation, message)
    await answers.less_is_unread(conversation)
    await _enter(conversation, message)
    fact = facts.MessageChanged(conversation=conversation.id, messages=[message.id, *moved])
    tx.record(fact, conversation.team_id, conversation.patient_id)


async def set_undo_time(seconds: int, *, by: access.Staff) -> int:
    """Set for how long messages are held that are sent from now on; the seconds. 0: they leave at once. An admin of the
    clinic does.

    :raises Refusal: `not_allowed`, `wrong_length`
    """
    managing.must_be_admin(by)
    if not 0 <= seconds <= LONGEST:
        raise Refusal(Kind.INVALID, "wrong_length", f"Choose a time from 0 to {LONGEST} seconds.")
    await managing.set_number("undo_seconds", seconds, Did.UNDO_TIME_SET, "seconds", by=by)
    return seconds


async def _locked(message_id: UUID, *, by: access.Staff) -> tuple[models.Conversation, models.Message]:
    asked = await models.Message.filter(id=message_id).first()
    if asked is None:
        raise errors.unknown()
    conversation = await access.own_conversation(by, asked.conversation_id)
    message = await models.Message.get(id=message_id)
    if message.user_id is None:
        sentence = "The patient wrote this. Only what your team wrote can be taken back."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
    return conversation, message


async def _must_be_in_reach(message: models.Message) -> None:
    if message.via is Via.SMS:
        has_left = ~Q(state=State.WAITING) | Q(attempts__gt=0)
        if await models.Delivery.filter(has_left, message_id=message.id).exists():
            sentence = "This text has left, so it cannot be taken back. Write another one to put it right."
            raise Refusal(Kind.CONFLICT, "already_sent", sentence)
    elif await _is_viewed(message):
        sentence = "The patient has read this, so it cannot be taken back. Write another message to put it right."
        raise Refusal(Kind.CONFLICT, "already_viewed", sentence)


async def _is_viewed(message: models.Message) -> bool:
    is_read = await models.Receipt.filter(message_id=message.id).exists()
    return is_read or await models.FileReceipt.filter(file__message_id=message.id).exists()


async def _set_back(conversation: models.Conversation, message: models.Message) -> None:
    """As if it had not been sent. Where it was not the newest of the team's, who waits for whom did not hang on it."""
    later = models.Message.filter(conversation_id=conversation.id, user_id__not_isnull=True, recalled_at=None)
    if conversation.is_open and not await later.filter(number__gt=message.number).exists():
        conversation.needs_reply_since = await questions.unanswered_since(conversation)
    conversation.trouble = await turning.trouble_of(conversation)
    await conversation.save(update_fields=["rev", "needs_reply_since", "trouble"])


async def _enter(conversation: models.Conversation, message: models.Message) -> None:
    data: dict[str, object] = {"conversation": conversation.id}
    await audit.enter(
        Did.MESSAGE_RECALLED,
        organization=conversation.organization_id,
        about=message.id,
        patient=conversation.patient_id,
        data=data,
    )
