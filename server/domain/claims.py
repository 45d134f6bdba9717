"""Who begins to answer says so without a word: the conversation is theirs for some minutes, and again nobody's if they
have not written by then.
"""

from datetime import timedelta
from uuid import UUID

from server import access, audit, clock, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import jobs, managing
from server.domain.jobs import Job
from server.errors import Kind, Refusal

LAPSE = "claim_lapse"
"""The kind of the job that ends a claim."""
SHORTEST, LONGEST = 1, 120
"""Between which lengths (minutes) a clinic may choose for its claims."""


async def claim(conversation_id: UUID, *, by: access.Staff) -> None:
    """Have a claim on a conversation that is nobody's, or hold on to one's own; what is somebody's stays theirs.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        until = clock.now() + await _length(conversation.organization_id)
        if conversation.assignee_id is None:
            conversation.assignee_id = by.user
            await jobs.begin(LAPSE, conversation.id, at=until)
            await _enter(conversation)
        elif conversation.assignee_id != by.user or conversation.claimed_until is None:
            return
        conversation.claimed_until = until
        await _tell(tx, conversation)


async def set_length(minutes: int, *, by: access.Staff) -> int:
    """Set how long claims last that begin or are held on to from now on; the minutes. An admin of the clinic does.

    :raises Refusal: `not_allowed`, `wrong_length`
    """
    managing.must_be_admin(by)
    if not SHORTEST <= minutes <= LONGEST:
        raise Refusal(Kind.INVALID, "wrong_length", f"Choose a time from {SHORTEST} to {LONGEST} minutes.")
    await managing.set_number("claim_minutes", minutes, Did.CLAIM_LENGTH_SET, "minutes", by=by)
    return minutes


async def lapse(job: Job) -> None:
    """A claim's time is over: unless its holder has written, or holds on to it, the conversation is nobody's."""
    async with transaction() as tx:
        conversation = await models.Conversation.select_for_update(no_key=True).get(id=job.subject)
        if not await jobs.still_mine(job):
            return
        until = conversation.claimed_until
        if until and until > clock.now():
            await jobs.put_off(job, until)
            return
        await jobs.finish(job)
        if until:
            conversation.assignee_id = conversation.claimed_until = None
            await _tell(tx, conversation)


async def _length(organization: UUID) -> timedelta:
    return timedelta(minutes=(await models.Organization.get(id=organization).only("claim_minutes")).claim_minutes)


async def _tell(tx: Transaction, conversation: models.Conversation) -> None:
    conversation.rev += 1
    await conversation.save(update_fields=["assignee_id", "claimed_until", "rev"])
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def _enter(conversation: models.Conversation) -> None:
    await audit.enter(
        Did.CONVERSATION_CLAIMED,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
    )
