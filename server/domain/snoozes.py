"""A conversation that can wait is out of the way until its time, or until the patient writes.

Since when the patient waits is the same afterwards: a snooze hides the question and does not answer it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server import access, audit, clock, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import events, jobs
from server.domain.jobs import Job
from server.errors import Kind, Refusal
from server.models import EventKind

WAKE = "wake"
"""The kind of the job that ends a snooze."""
LONGEST = timedelta(days=366)


FOR_REPLY = "reply"
"""Why it was put away: for an answer of the patient's, and not for its time."""


async def snooze(conversation_id: UUID, until: datetime, *, by: access.Staff, for_reply: bool = False) -> None:
    """Put a conversation out of the way until a time. The same again changes nothing.

    What the patient writes ends every snooze. `for_reply` says that this is what it is put away for, and its time only
    the latest, so that nothing is forgotten where no answer comes.

    :raises Refusal: `unknown`, `not_allowed`, `not_in_future`, `conversation_closed`
    """
    _must_be_soon(until)
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if not conversation.is_open:
            raise Refusal(Kind.CONFLICT, "conversation_closed", "This conversation is done. Reopen it to snooze it.")
        if conversation.snoozed_until == until:
            return
        await jobs.end(WAKE, conversation.id)
        await jobs.begin(WAKE, conversation.id, at=until)
        conversation.snoozed_until = until
        why = FOR_REPLY if for_reply else None
        event = await events.keep(conversation, EventKind.SNOOZED, by=by.user, until=until, why=why)
        await _enter(Did.CONVERSATION_SNOOZED, conversation)
        await _tell(tx, conversation, event)


async def wake(conversation_id: UUID, *, by: access.Staff) -> None:
    """End a snooze before its time. What is awake stays as it is.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if conversation.snoozed_until is None:
            return
        await forget(conversation)
        event = await events.keep(conversation, EventKind.WOKE, by=by.user)
        await _enter(Did.CONVERSATION_WOKEN, conversation)
        await _tell(tx, conversation, event)


async def wake_due(job: Job) -> None:
    """Its time has come: the conversation is where it was, with the same wait."""
    async with transaction() as tx:
        conversation = await models.Conversation.select_for_update(no_key=True).get(id=job.subject)
        if not await jobs.still_mine(job):
            return
        await jobs.finish(job)
        if conversation.snoozed_until is None:
            return
        conversation.snoozed_until = None
        await _tell(tx, conversation, await events.keep(conversation, EventKind.WOKE, by=None, why="time"))


async def patient_wrote(tx: Transaction, conversation: models.Conversation) -> None:
    """Inside the verb that keeps the patient's words and saves the conversation: whoever writes is not put off."""
    if conversation.snoozed_until is None:
        return
    await forget(conversation)
    event = await events.keep(conversation, EventKind.WOKE, by=None, why="patient_wrote")
    tx.record(facts.ConversationChanged(conversation=conversation.id, events=[event]), conversation.team_id)


async def forget(conversation: models.Conversation) -> None:
    """Inside a verb that saves the conversation: it is not snoozed any more."""
    if conversation.snoozed_until:
        conversation.snoozed_until = None
        await jobs.end(WAKE, conversation.id)


def _must_be_soon(until: datetime) -> None:
    now = clock.now()
    if until <= now:
        raise Refusal(Kind.INVALID, "not_in_future", "That time has passed. Choose a later one.")
    if until > now + LONGEST:
        raise Refusal(Kind.INVALID, "not_in_future", "That is too far away. Choose a time within a year.")


async def _tell(tx: Transaction, conversation: models.Conversation, event: UUID) -> None:
    conversation.rev += 1
    await conversation.save(update_fields=["snoozed_until", "rev"])
    tx.record(facts.ConversationChanged(conversation=conversation.id, events=[event]), conversation.team_id)


async def _enter(did: Did, conversation: models.Conversation) -> None:
    await audit.enter(
        did, organization=conversation.organization_id, about=conversation.id, patient=conversation.patient_id
    )
