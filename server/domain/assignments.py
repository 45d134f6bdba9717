"""Whose work a conversation is. Since when the patient's question waits is the same whoever it is given to."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from server import access, audit, facts, models
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import events, pushes, sensitive
from server.errors import Kind, Refusal
from server.models import EventKind

Seen = UUID | None | UnsetType
"""Whose work it was on the screen of whoever assigns it, null: nobody's; unset where nobody looked."""


async def assign(conversation_id: UUID, to: UUID | None, *, by: access.Staff, seen: Seen = UNSET) -> None:
    """Make a conversation the work of a member of its team, or nobody's. The same again changes nothing.

    What was only claimed is then theirs; a claim that is given up leaves no line, as it left none. Where somebody else
    has it by now than was `seen`, nothing changes: they may have begun.

    :raises Refusal: `unknown`, `not_allowed`, `not_a_member`, `assigned_meanwhile`, `nobody_left`
    """
    async with transaction() as tx:
        await give(tx, await access.own_conversation(by, conversation_id), to, by=by.user, seen=seen)


async def give(
    tx: Transaction, conversation: models.Conversation, to: UUID | None, *, by: UUID, seen: Seen = UNSET
) -> None:
    """Inside a verb that holds the conversation: `assign` itself.

    :raises Refusal: `not_a_member`, `assigned_meanwhile`, `nobody_left`
    """
    if conversation.assignee_id == to and conversation.claimed_until is None:
        return
    if seen is not UNSET and conversation.assignee_id not in (seen, to):
        raise await _meanwhile(conversation, by)
    if to is not None:
        await _must_be_member(conversation.team_id, to)
    else:
        await sensitive.must_leave_somebody(conversation)
    await _turn(tx, conversation, to, by=by)
    if to is not None:
        await pushes.given(conversation, to, by=by)


async def release_all(tx: Transaction, team: UUID, user: UUID) -> None:
    """Inside `teams.remove`: what was the work of somebody who leaves a team is nobody's now."""
    await sensitive.left_team(team, user)
    theirs = models.Conversation.filter(team_id=team, assignee_id=user).order_by("id")
    for conversation in await theirs.select_for_update(no_key=True):
        await _turn(tx, conversation, None, by=None)
    await sensitive.keep_all_open(tx, team)


async def _turn(tx: Transaction, conversation: models.Conversation, to: UUID | None, *, by: UUID | None) -> None:
    kept: list[UUID] = []
    if to or conversation.claimed_until is None:
        kind = EventKind.ASSIGNED if to else EventKind.RELEASED
        kept = [await events.keep(conversation, kind, by=by, to=to or conversation.assignee_id)]
    conversation.assignee_id, conversation.claimed_until = to, None
    conversation.rev += 1
    await conversation.save(update_fields=["assignee_id", "claimed_until", "rev"])
    await _enter(conversation)
    tx.record(facts.ConversationChanged(conversation=conversation.id, events=kept), conversation.team_id)
    sensitive.told_of_others(tx, conversation)


async def _meanwhile(conversation: models.Conversation, by: UUID) -> Refusal:
    """Says who has it now."""
    has_it = "It is nobody's"
    if conversation.assignee_id == by:
        has_it = "You have it"
    elif conversation.assignee_id:
        has_it = f"{(await models.User.get(id=conversation.assignee_id)).name} has it"
    sentence = f"Somebody was faster. {has_it} now. Look at the conversation, then assign it if that is still right."
    return Refusal(Kind.CONFLICT, "assigned_meanwhile", sentence, extra={"assignee": conversation.assignee_id})


async def _must_be_member(team: UUID, user: UUID) -> None:
    # What is no colleague at all gets the same answer.
    if not await models.Membership.filter(team_id=team, user_id=user, user__active=True).exists():
        sentence = "Only a member of the team can be given its conversations. Choose somebody else."
        raise Refusal(Kind.INVALID, "not_a_member", sentence)


async def _enter(conversation: models.Conversation) -> None:
    await audit.enter(
        Did.CONVERSATION_ASSIGNED,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
        data={"to": conversation.assignee_id},
    )
