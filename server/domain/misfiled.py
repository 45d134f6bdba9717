"""Words that stand with the wrong patient leave that patient: for another one, or back to the unknown senders.

They keep their place and lose their words there (`docs/decisions/0024`); the words go on as a stray's. There is no last
hour for it: as long as somebody else's words stand in a chart they are wrong there, the more so if somebody answered.
"""

from collections.abc import Sequence
from uuid import UUID

from server import access, audit, clock, errors, facts, keys, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import (
    conversations,
    indexing,
    ladders,
    mistaken,
    numbers,
    questions,
    stray_making,
    stray_senders,
    strays,
    tasks,
    way,
)
from server.domain import urgency as alarms
from server.errors import Kind, Refusal
from server.models import TaskKind, Via
from server.queries import strays as kept
from server.queries import unread


async def detach(stray_id: UUID, *, by: access.Staff) -> None:
    """Take back that this sender's words were given to a patient: what was given with this text is open again.

    What is open already stays so.

    A patient who was made for it goes again.

    :raises Refusal: `unknown`, `not_allowed`, `undecided_wish`, `already_settled` where somebody took care of them
        otherwise meanwhile, `patient_in_use` where more has happened with a patient who was made for it
    """
    async with transaction() as tx:
        named, every = await strays.held(stray_id, by=by)
        if named.settled_at is None:
            return
        given = stray_making.together(named, every)
        first = await _first_of(given)
        await stray_making.hold_files(first, given)
        conversation = await _locked(tx, first.conversation, None)
        is_mistake = given[0].outcome == strays.MADE
        if is_mistake and not await mistaken.is_one(
            conversation, given, await stray_making.standing(conversation, given)
        ):
            raise mistaken.in_use()
        await _move(tx, conversation, given, None, by=by)


async def move(message_id: UUID, patient_id: UUID | None, *, by: access.Staff, proxy_id: UUID | None = None) -> UUID:
    """Take a text or a mail out of a patient's conversation, for another patient or, with None, for nobody we know; the
    conversation that it left. What was given to the patient with it goes along, and so do its files.

    `proxy_id` as in `strays.attach`. For the patient who has it already nothing moves.

    :raises Refusal: `unknown`, `not_allowed` of what staff or a reader of the portal wrote, `already_settled`,
        `undecided_wish`, `say_who`, `no_sender`
    """
    async with transaction() as tx:
        asked = await _asked(message_id, by=by)
        patient = await access.patient(by, patient_id) if patient_id else None
        if patient and patient.id == asked.conversation.patient_id:
            return asked.conversation_id
        named = await stray_making.of(asked)
        given = stray_making.together(*await strays.held(named.id, by=by)) if named else []
        await stray_making.hold_files(asked, given)
        conversation = await _locked(tx, asked.conversation, patient)
        if named is None:
            asked = await _asked(message_id, by=by)
            given = [await stray_making.make(conversation, asked, for_patient=patient is not None)]
        await _move(tx, conversation, given, patient, by=by, proxy_id=proxy_id)
        return conversation.id


async def _first_of(given: Sequence[models.Stray]) -> models.Message:
    """A message that one of these strays has become, with its conversation."""
    for stray in given:
        found = models.Message.filter(carrier_ref=stray.carrier_ref, recalled_at=None).select_related("conversation")
        if message := await found.first():
            return message
    raise strays.already_settled()


async def _asked(message_id: UUID, *, by: access.Staff) -> models.Message:
    message = await models.Message.filter(id=message_id).select_related("conversation").first()
    if message is None:
        raise errors.unknown()
    access.must_take_part(by, message.conversation)
    if message.user_id:
        sentence = "Your team wrote this. Take it back, or write another message to put it right."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
    if message.via not in (Via.SMS, Via.EMAIL):
        sentence = "This was written on the patient's own page, by somebody who had shown who they are. It stays here."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)
    if message.recalled_at:
        raise strays.already_settled()
    return message


async def _move(
    tx: Transaction,
    conversation: models.Conversation,
    given: Sequence[models.Stray],
    patient: models.Patient | None,
    *,
    by: access.Staff,
    proxy_id: UUID | None = None,
) -> None:
    messages = await stray_making.standing(conversation, given)
    if not messages:
        raise strays.already_settled()
    await _must_be_decided(conversation, messages)
    author = await stray_senders.author_of(given[-1], patient, proxy_id) if patient else None
    is_mistake = await mistaken.is_one(conversation, given, messages)
    await stray_making.open_again(given, messages)
    is_urgent = await _take_out(tx, conversation, messages, by=by)
    await _enter(conversation, messages, patient)
    if is_mistake:
        await mistaken.remove(tx, conversation)
    else:
        fact = facts.MessageChanged(conversation=conversation.id, messages=[message.id for message in messages])
        tx.record(fact, conversation.team_id, conversation.patient_id)
    if patient:
        await strays.give(tx, given[-1], given, patient, by=by, author=author)
    else:
        await _back(tx, given, is_urgent=is_urgent)


async def _locked(tx: Transaction, place: models.Conversation, patient: models.Patient | None) -> models.Conversation:
    """The conversation, held; with the one that the words go to, in one order for everybody."""
    ids = [place.id]
    if patient:
        ids.append((await conversations.current(tx, patient, place.team_id))[0].id)
    held = await models.Conversation.filter(id__in=ids).order_by("id").select_for_update(no_key=True)
    return next(each for each in held if each.id == place.id)


async def _must_be_decided(conversation: models.Conversation, messages: Sequence[models.Message]) -> None:
    """Whose wish it may be cannot be told once the words are elsewhere: it is decided first, where it is asked."""
    asking = models.Task.filter(conversation_id=conversation.id, kind=TaskKind.MAYBE_OPT_OUT, current=True)
    if await asking.filter(number__in=[message.number for message in messages]).exists():
        raise strays.undecided_wish()


async def _take_out(
    tx: Transaction, conversation: models.Conversation, messages: Sequence[models.Message], *, by: access.Staff
) -> bool:
    """Let these messages lose their words here; whether they waited for somebody because they may be urgent."""
    ring, now = await keys.of(conversation.organization_id), clock.now()
    conversation.rev += 1
    for message in messages:
        message.recalled_at, message.recalled_by_id, message.rev = now, by.user, conversation.rev
        message.body_sealed, message.sender_sealed = ring.seal("message", "body", message.id, ""), None
        # Its names go with the words: they may come back here.
        message.carrier_ref, message.key = None, f"moved:{message.id}"
        await message.save()
        await indexing.forget(message.id)
    await numbers.forget(conversation, messages)
    await conversation.save(update_fields=["rev", "phone_number_id"])
    is_urgent = await _calm(tx, conversation, [message.number for message in messages], by=by)
    await _set_back(conversation)
    return is_urgent


async def _calm(
    tx: Transaction, conversation: models.Conversation, numbers: Sequence[int], *, by: access.Staff
) -> bool:
    task = await tasks.void(tx, conversation, TaskKind.URGENT, numbers, by=by.user)
    if task:
        await alarms.judged_harmless(tx, conversation, task, by=by.user)
    return task is not None


async def _set_back(conversation: models.Conversation) -> None:
    """As if they had not been written here: who waits for whom, and what the patient is reminded of."""
    if conversation.needs_reply_since:
        conversation.needs_reply_since = await questions.unanswered_since(conversation)
    staying = models.Message.filter(conversation_id=conversation.id, recalled_at=None)
    if not conversation.open_tasks and not await staying.exists():
        conversation.is_open = False
    conversation.way = await way.without_moved(conversation.id)
    await conversation.save(update_fields=["needs_reply_since", "is_open", "way"])
    if conversation.is_open and (unseen := await unread.of(conversation.id)):
        await ladders.begin(conversation, unseen[0])


async def _back(tx: Transaction, every: Sequence[models.Stray], *, is_urgent: bool) -> None:
    """To the unknown senders; if nobody has judged whether it is urgent, as if it had just come."""
    newest = every[-1]
    await strays.tell(tx, newest, "detached", None)
    if is_urgent and newest.team_id:
        ring = await keys.of(newest.organization_id or newest.id)
        said = "\n".join(body for each in every for body in kept.content_of(ring, each).bodies)
        await alarms.heard_of_stranger(tx, newest, newest.team_id, said)


async def _enter(
    conversation: models.Conversation, messages: Sequence[models.Message], patient: models.Patient | None
) -> None:
    data: dict[str, object] = {"conversation": conversation.id, "to": patient.id if patient else None}
    for message in messages:
        await audit.enter(
            Did.MESSAGE_MISFILED,
            organization=conversation.organization_id,
            about=message.id,
            patient=conversation.patient_id,
            data=data,
        )
