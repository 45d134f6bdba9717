"""One Patient with one Team: opened, done, reopened, and read by staff."""

from datetime import timedelta
from uuid import UUID

from server import access, audit, clock, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import answers, events, numbers, outbox, questions, sensitive, snoozes, words
from server.errors import Kind, Refusal
from server.models import EventKind

REASONS = ("by_phone", "not_needed", "other")
"""Why nothing is left to do although the patient's question has no answer here; `other` needs words."""
ONE_OPENING = timedelta(minutes=5)
"""Pages and repeats of one session within this time are the same look at a conversation."""


async def open_with(
    patient_id: UUID, team_id: UUID, *, by: access.Staff, number: str | None = None
) -> tuple[models.Conversation, bool]:
    """The current conversation of a patient and a team, and whether it was made now.

    It goes on from this `number` of the team's (E.164), if one is given.

    :raises Refusal: `unknown`, also for a number that is not the team's; `not_allowed`, `no_way_to_reach`
    """
    async with transaction() as tx:
        patient = await access.patient(by, patient_id)
        access.must_be_member(by, team_id)
        wanted = await numbers.usable(team_id, number) if number else None
        found, is_new = await current(tx, patient, team_id)
        sensitive.must_be_theirs(found, by=by)
        if wanted:
            found = await models.Conversation.select_for_update(no_key=True).get(id=found.id)
            await numbers.put(tx, found, wanted)
        return found, is_new


async def current(
    tx: Transaction, patient: models.Patient, team_id: UUID, *, is_open: bool = True
) -> tuple[models.Conversation, bool]:
    """The same inside another verb. Two who open it at once get one: the pair is unique, so the later one waits.

    One that is made and not `is_open` is in no list of what there is to do before the patient writes. The patient is
    not locked for it: who holds a conversation may come to change its patient, never the other way.
    """
    there = models.Conversation.filter(team_id=team_id, patient_id=patient.id, current=True)
    if found := await there.first():
        return found, False
    now = clock.now()
    conversation = models.Conversation(
        id=tokens.new_id(),
        organization_id=patient.organization_id,
        team_id=team_id,
        patient_id=patient.id,
        is_open=is_open,
        created_at=now,
        updated_at=now,
    )
    await models.Conversation.bulk_create([conversation], ignore_conflicts=True)
    made = await there.get()
    if made.id != conversation.id:
        return made, False
    await _enter(Did.CONVERSATION_OPENED, made)
    tx.record(facts.ConversationChanged(conversation=made.id), team_id)
    return made, True


async def mark_done(
    conversation_id: UUID, *, by: access.Staff, why: str | None = None, said: str = ""
) -> models.Conversation:
    """Say that nothing is left to do. Done again changes nothing.

    While the patient waits for an answer it takes a reason, one of `REASONS`; what it was, `said` in words.

    :raises Refusal: `unknown`, `not_allowed`, `reason_needed`, `empty`, `too_long`, `hidden_characters`
    """
    said = words.body(said, plain=True, may_be_empty=why != "other")
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if not conversation.is_open:
            return conversation
        if conversation.needs_reply_since and why not in REASONS:
            sentence = "The patient is still waiting for an answer. Say why nothing is left to do."
            raise Refusal(Kind.CONFLICT, "reason_needed", sentence)
        await answers.nothing_left(conversation)
        await snoozes.forget(conversation)
        if conversation.claimed_until:
            conversation.assignee_id = conversation.claimed_until = None
        conversation.is_open = conversation.is_priority = False
        conversation.needs_reply_since = None
        event = await events.keep(conversation, EventKind.DONE, by=by.user, why=why, words=said)
        await _turned(tx, conversation, Did.CONVERSATION_DONE, event, {"why": why} if why else {})
        await outbox.of_conversation("conversation.closed", conversation)
        return conversation


async def reopen(conversation_id: UUID, *, by: access.Staff) -> models.Conversation:
    """Take a conversation back from done. Reopening an open one changes nothing.

    What the patient asked and nobody answered waits again, since they asked it.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if conversation.is_open:
            return conversation
        conversation.is_open = True
        event = await events.keep(conversation, EventKind.REOPENED, by=by.user)
        conversation.needs_reply_since = await questions.unanswered_since(conversation)
        await _turned(tx, conversation, Did.CONVERSATION_REOPENED, event, {})
        return conversation


async def _turned(
    tx: Transaction, conversation: models.Conversation, did: Did, event: UUID, data: dict[str, object]
) -> None:
    conversation.rev += 1
    conversation.updated_at = clock.now()
    await conversation.save()
    await _enter(did, conversation, data)
    tx.record(facts.ConversationChanged(conversation=conversation.id, events=[event]), conversation.team_id)


async def mark_seen(conversation_id: UUID, number: int, *, by: access.Staff) -> None:
    """Remember how far this person has read; it only moves forward.

    Of what the patient wrote, they are told once that somebody has read it, and not who.

    :raises Refusal: `unknown`
    """
    async with transaction() as tx:
        conversation = await access.conversation(by, conversation_id)
        upto = min(number, conversation.last_number)
        reading, _ = await models.Reading.get_or_create(
            user_id=by.user, conversation_id=conversation.id, defaults={"created_at": clock.now(), "number": 0}
        )
        if upto <= reading.number:
            return
        reading.number = upto
        await reading.save(update_fields=["number"])
        tx.record(facts.ConversationSeen(conversation=conversation.id, number=upto), by.user)
        if upto > conversation.care_read:
            await _tell_patient(tx, conversation.id, upto)


async def _tell_patient(tx: Transaction, conversation_id: UUID, upto: int) -> None:
    conversation = await models.Conversation.select_for_update(no_key=True).get(id=conversation_id)
    before = conversation.care_read
    if upto <= before:
        return
    conversation.care_read = upto
    await conversation.save(update_fields=["care_read"])
    told = models.Message.filter(
        conversation_id=conversation.id, user_id=None, number__gt=before, number__lte=upto
    ).order_by("number")
    if ids := [message.id for message in await told.only("id")]:
        fact = facts.MessageChanged(conversation=conversation.id, messages=ids)
        tx.record(fact, conversation.patient_id)


async def note_reading(conversation_id: UUID, *, by: access.Staff) -> models.Conversation:
    """A person opened a conversation: it goes on record, once for one opening, and nothing else changes.

    :raises Refusal: `unknown`
    """
    conversation = await access.conversation(by, conversation_id)
    lately = models.AuditEntry.filter(
        actor_id=by.user,
        at__gt=clock.now() - ONE_OPENING,
        did=Did.CONVERSATION_READ,
        about_id=conversation.id,
        session_id=by.session,
    )
    if not await lately.exists():
        await _enter(Did.CONVERSATION_READ, conversation)
    return conversation


async def _enter(did: Did, conversation: models.Conversation, data: dict[str, object] | None = None) -> None:
    await audit.enter(
        did,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
        data=data,
    )
