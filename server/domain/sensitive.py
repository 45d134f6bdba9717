"""Sensitive conversations: open to whose work they are and to who is named, and hidden from everybody else."""

from collections.abc import Sequence
from uuid import UUID

from server import access, audit, clock, errors, facts, models, tokens
from server.audit import Did
from server.db import Transaction, transaction
from server.domain import step_up
from server.errors import Kind, Refusal
from server.queries import members, unopened

_GRAVE = "This opens a patient's conversation to somebody. Type your password or a code first."


async def guard(conversation_id: UUID, named: Sequence[UUID], *, by: access.Staff) -> None:
    """Hide a conversation from all but whose work it is and these people, or name others. Again changes
    nothing.

    :raises Refusal: `unknown`, `not_allowed`, `cannot_read`, `nobody_left`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        chosen = set(named)
        before = await _named(conversation)
        if conversation.is_sensitive and before == chosen:
            return
        await _must_do(conversation, chosen)
        await models.NamedReader.filter(conversation_id=conversation.id).delete()
        await _name(conversation, chosen)
        conversation.is_sensitive = True
        data: dict[str, object] = {"named": sorted(chosen)}
        await _turn(tx, conversation, Did.CONVERSATION_GUARDED, data)


async def unguard(conversation_id: UUID, *, by: access.Staff) -> None:
    """Let the whole team see it again: somebody who can open it does. Again changes nothing.

    :raises Refusal: `unknown`, `not_allowed`
    """
    async with transaction() as tx:
        conversation = await access.own_conversation(by, conversation_id)
        if not conversation.is_sensitive:
            return
        await models.NamedReader.filter(conversation_id=conversation.id).delete()
        conversation.is_sensitive = False
        await _turn(tx, conversation, Did.CONVERSATION_UNGUARDED, {})


async def open_up(conversation_id: UUID, named: Sequence[UUID], *, by: access.Staff) -> None:
    """An admin names who may open what nobody can open; without a name the whole team may again. They learn nothing of
    it, and all admins hear that it was done (`clinic_alarms`). For everybody else, and of any other conversation, there
    is nothing here.

    :raises Refusal: `unknown`, `prove_again`, `cannot_read`
    """
    if by.role is not models.Role.ADMIN:
        raise errors.unknown()
    async with transaction() as tx:
        conversation = (
            await models.Conversation.filter(id=conversation_id, organization_id=by.organization)
            .select_for_update(no_key=True)
            .first()
        )
        if conversation is None or not await unopened.is_one(conversation.id, by.organization):
            raise errors.unknown()
        await step_up.must_be_just_now(by, _GRAVE)
        chosen = set(named)
        if chosen:
            await _must_do(conversation, chosen)
        await models.NamedReader.filter(conversation_id=conversation.id).delete()
        await _name(conversation, chosen)
        conversation.is_sensitive = bool(chosen)
        await _turn(tx, conversation, Did.CONVERSATION_OPENED_UP, {"named": sorted(chosen)})


def must_be_theirs(conversation: models.Conversation, *, by: access.Staff) -> None:
    """Whoever would write to a patient whose conversation with the team is hidden from them is told so, and no more.

    :raises Refusal: `not_allowed`
    """
    if not by.sees(conversation):
        sentence = "Only some people of this team may write to this patient. Ask a colleague or your administrator."
        raise Refusal(Kind.FORBIDDEN, "not_allowed", sentence)


async def must_leave_somebody(conversation: models.Conversation) -> None:
    """Inside the verb that makes it nobody's work.

    :raises Refusal: `nobody_left`
    """
    if conversation.is_sensitive:
        may = await members.readers(conversation.team_id, conversation.organization_id)
        if not await _named(conversation) & may.keys():
            raise _nobody_left()


def told_of_others(tx: Transaction, conversation: models.Conversation) -> None:
    """Inside the verb that gives it to somebody: with whose work it is, who may open it has changed."""
    if conversation.is_sensitive:
        fact = facts.ConversationGuarded(conversation=conversation.id, team=conversation.team_id)
        tx.record(fact, conversation.team_id)


async def left_team(team: UUID, user: UUID) -> None:
    """Inside the verb by which somebody leaves a team: they are named at none of its conversations any more."""
    here = models.Conversation.filter(team_id=team, is_sensitive=True).values_list("id")
    ids = [conversation for (conversation,) in await here]
    if ids:
        await models.NamedReader.filter(user_id=user, conversation_id__in=ids).delete()


async def keep_all_open(tx: Transaction, team: UUID) -> None:
    """The same, once they are gone: what nobody could open then is the supervisors'."""
    for conversation in await models.Conversation.filter(team_id=team, is_sensitive=True).order_by("id"):
        await keep_open(tx, conversation)


async def keep_open(tx: Transaction, conversation: models.Conversation) -> None:
    """Inside the verb by which readers of a team's inbox are others: a patient's words must come to somebody, so where
    nobody could open them the clinic's supervisors are named.
    """
    if not conversation.is_sensitive or await _readers(conversation, await _named(conversation)):
        return
    theirs = models.User.filter(
        organization_id=conversation.organization_id, role=models.Role.SUPERVISOR, active=True
    ).values_list("id")
    await _name(conversation, {user for (user,) in await theirs})
    told_of_others(tx, conversation)


async def carry_on(tx: Transaction, each: models.Conversation, other: models.Conversation) -> None:
    """Inside the verb that puts `each` behind `other`: what was hidden stays hidden, also in what comes after it."""
    if not each.is_sensitive or other.is_sensitive:
        return
    await _name(other, await _named(each) | {user for user in (each.assignee_id,) if user})
    other.is_sensitive = True
    await _turn(tx, other, Did.CONVERSATION_GUARDED, {"from": each.id})


async def _turn(tx: Transaction, conversation: models.Conversation, did: Did, data: dict[str, object]) -> None:
    conversation.rev += 1
    await conversation.save(update_fields=["is_sensitive", "rev"])
    await audit.enter(
        did,
        organization=conversation.organization_id,
        about=conversation.id,
        patient=conversation.patient_id,
        data=data,
    )
    fact = facts.ConversationGuarded(conversation=conversation.id, team=conversation.team_id)
    tx.record(fact, conversation.team_id)


async def _must_do(conversation: models.Conversation, chosen: set[UUID]) -> None:
    may = await members.readers(conversation.team_id, conversation.organization_id)
    if not chosen <= may.keys():
        sentence = "Somebody you named is not in this team. Take their name out, then try again."
        raise Refusal(Kind.CONFLICT, "cannot_read", sentence)
    if not await _readers(conversation, chosen):
        raise _nobody_left()


async def _readers(conversation: models.Conversation, named: set[UUID]) -> set[UUID]:
    may = await members.readers(conversation.team_id, conversation.organization_id)
    return (named | {user for user in (conversation.assignee_id,) if user}) & may.keys()


async def _named(conversation: models.Conversation) -> set[UUID]:
    rows = models.NamedReader.filter(conversation_id=conversation.id).values_list("user_id")
    return {user for (user,) in await rows}


async def _name(conversation: models.Conversation, users: set[UUID]) -> None:
    now = clock.now()
    rows = [
        models.NamedReader(id=tokens.new_id(), conversation_id=conversation.id, user_id=user, created_at=now)
        for user in sorted(users)
    ]
    await models.NamedReader.bulk_create(rows)


def _nobody_left() -> Refusal:
    sentence = "Nobody could open this conversation then. Name somebody, or give it to somebody, first."
    return Refusal(Kind.CONFLICT, "nobody_left", sentence)
