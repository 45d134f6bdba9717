"""A secure message that nobody has read for two days marks its conversation, until it is read or the patient writes.

The mark stands on the conversation and comes and goes with Facts: a list needs no clock to know who belongs into it.
As where a person is asked to call (`ladders`), what somebody who acts for the patient has read counts as read.
"""

from datetime import datetime, timedelta

from server import clock, facts, models
from server.db import transaction
from server.domain import jobs, schedule
from server.domain.jobs import Job
from server.queries import unread

KIND = "not_read"
"""The kind of the job that looks when the time is over."""
AFTER = timedelta(days=2)
"""Counted from the oldest unread message."""


def over_at(at: datetime) -> datetime:
    """When the time of a message from then is over, if nobody reads it: `ladders.begin` has somebody look."""
    return at + AFTER * schedule.PACE


async def look(job: Job) -> None:
    """The time of some message is over: mark the conversation, or look again when that of the oldest one is."""
    async with transaction() as tx:
        conversation = await models.Conversation.select_for_update(no_key=True).get(id=job.subject)
        if not await jobs.still_mine(job):
            return
        oldest = await _oldest(conversation)
        if oldest and over_at(oldest) > clock.now():
            await jobs.put_off(job, over_at(oldest))
            return
        await jobs.finish(job)
        if oldest and oldest != conversation.not_read_since:
            conversation.not_read_since = oldest
            conversation.rev += 1
            await conversation.save(update_fields=["not_read_since", "rev"])
            tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def less_is_unread(conversation: models.Conversation) -> None:
    """Inside a verb by which messages were read or taken back, and which tells the team: what is left says how long."""
    if conversation.not_read_since is None:
        return
    oldest = await _oldest(conversation)
    await _mark(conversation, oldest if oldest and over_at(oldest) <= clock.now() else None)
    if oldest and conversation.not_read_since is None and not await jobs.is_open(KIND, conversation.id):
        await jobs.begin(KIND, conversation.id, at=over_at(oldest))


async def forget(conversation: models.Conversation) -> None:
    """Inside the verb that keeps the patient's words, and which tells the team: who answers has read."""
    await jobs.end(KIND, conversation.id)
    await _mark(conversation, None)


async def _mark(conversation: models.Conversation, since: datetime | None) -> None:
    if conversation.not_read_since != since:
        conversation.not_read_since = since
        await conversation.save(update_fields=["not_read_since"])


async def _oldest(conversation: models.Conversation) -> datetime | None:
    left = await unread.of_anybody(conversation.id)
    return left[0].created_at if left else None
