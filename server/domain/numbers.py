"""From which of a team's numbers a conversation goes on: the patient chooses it by writing there, or a person does."""

from collections.abc import Sequence
from uuid import UUID

from server import access, audit, errors, facts, models, reasons
from server.audit import Did
from server.db import Transaction, transaction
from server.errors import Kind, Refusal
from server.queries import numbers


async def choose(conversation_id: UUID, number: str, *, by: access.Staff) -> None:
    """Write from this number of the team's (E.164) from now on, until the patient writes to another one.

    What is on its way already leaves as it was arranged. The same again changes nothing.

    :raises Refusal: `unknown`, also for a number that is not the team's; `not_allowed`, `no_way_to_reach`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        await put(tx, conversation, await usable(conversation.team_id, number))


async def usable(team: UUID, number: str) -> models.PhoneNumber:
    """A number of a team (E.164) that texts can go from.

    :raises Refusal: `unknown`, `no_way_to_reach`
    """
    found = await models.PhoneNumber.filter(team_id=team, e164=number).first()
    if found is None:
        raise errors.unknown()
    if why := numbers.obstacle(found):
        said = reasons.of(why)
        sentence = "Carriers do not take texts from that number now. Choose another one."
        extra: dict[str, object] = {"why": why, "next": said.next.value if said else None}
        raise Refusal(Kind.CONFLICT, "no_way_to_reach", sentence, extra=extra)
    return found


async def put(tx: Transaction, conversation: models.Conversation, number: models.PhoneNumber) -> None:
    """Inside a verb that holds the conversation: `choose` itself."""
    if conversation.phone_number_id == number.id:
        return
    conversation.phone_number_id = number.id
    conversation.rev += 1
    await conversation.save(update_fields=["phone_number_id", "rev"])
    await audit.enter(
        Did.CONVERSATION_NUMBER_CHOSEN,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
        data={"number": number.id},
    )
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def wrote_to(conversation: models.Conversation, number: UUID, message: models.Message) -> None:
    """Inside the verb that keeps the patient's text and saves the conversation: answers leave from where it was to.

    A text that waited to be given to its patient may be older than one that came straight to them.
    """
    later = models.Message.filter(
        conversation_id=conversation.id,
        user_id=None,
        proxy_id=None,
        recalled_at=None,
        phone_number_id__not_isnull=True,
        created_at__gt=message.created_at,
    )
    if conversation.phone_number_id != number and not await later.exists():
        conversation.phone_number_id = number


async def forget(conversation: models.Conversation, messages: Sequence[models.Message]) -> None:
    """These texts were somebody else's: what they chose is not the patient's choice. The caller saves it."""
    if conversation.phone_number_id in {message.phone_number_id for message in messages}:
        conversation.phone_number_id = await numbers.written_to(conversation.id)
