"""What a person must do in a conversation, because no machine can: opened once, closed with what was done."""

from collections.abc import Collection
from uuid import UUID

from server import access, audit, clock, errors, facts, models, tokens
from server.audit import Did
from server.db import Transaction
from server.errors import Kind, Refusal
from server.models import TaskKind

OUTCOMES: dict[TaskKind, tuple[str, ...]] = {
    TaskKind.CALL_UNREAD: ("called", "not_needed"),
    TaskKind.MAYBE_OPT_OUT: ("stop_texts", "keep_texts"),
    TaskKind.WRONG_NUMBER: ("fixed", "right_number"),
    TaskKind.DEAD_CONTACT: ("fixed", "not_needed"),
    TaskKind.IDENTITY: ("unlocked", "not_needed"),
    TaskKind.REVIEW_PROXY: ("kept", "ended"),
    TaskKind.PROXY_UNREACHED: ("fixed", "not_needed"),
    TaskKind.URGENT: ("called", "not_urgent"),
}

MOVED = "moved"
"""The outcome of a task whose words turned out to be another patient's."""


async def open(  # noqa: A001 - `tasks.open` says what it does
    tx: Transaction, conversation: models.Conversation, kind: TaskKind, number: int | None = None
) -> models.Task:
    """Give a conversation's team something to do, about its message `number`; the task.

    Inside another verb that holds the conversation's lock. While one of the kind is open, that one is it.
    """
    if found := await models.Task.filter(conversation_id=conversation.id, kind=kind, current=True).first():
        return found
    task = await models.Task.create(
        id=tokens.new_id(),
        created_at=clock.now(),
        organization_id=conversation.organization_id,
        team_id=conversation.team_id,
        conversation_id=conversation.id,
        kind=kind,
        number=number,
    )
    await _count(tx, conversation, 1)
    await _enter(Did.TASK_OPENED, conversation, task)
    return task


async def end(tx: Transaction, conversation: models.Conversation, task: models.Task, outcome: str, *, by: UUID) -> None:
    """It was done: `outcome` is one of the kind's, or a refusal. Inside `outcomes.close`, which does what follows.

    :raises Refusal: `no_outcome`
    """
    if outcome not in OUTCOMES[task.kind]:
        raise Refusal(Kind.INVALID, "no_outcome", f"Say what was done: {' or '.join(OUTCOMES[task.kind])}.")
    if task.current is not None:
        await _close(tx, conversation, task, outcome, by=by)


async def settle(tx: Transaction, conversation: models.Conversation, kind: TaskKind, outcome: str) -> None:
    """The open task of a kind, if there is one, has settled itself: nobody has to do it any more.

    Inside another verb that holds the conversation's lock.
    """
    if task := await models.Task.filter(conversation_id=conversation.id, kind=kind, current=True).first():
        await _close(tx, conversation, task, outcome, by=None)


async def void(
    tx: Transaction, conversation: models.Conversation, kind: TaskKind, numbers: Collection[int], *, by: UUID
) -> models.Task | None:
    """The open task of a kind about one of these messages has nothing to be about here: they were moved; the task.

    Inside another verb that holds the conversation's lock.
    """
    about = models.Task.filter(conversation_id=conversation.id, kind=kind, current=True, number__in=list(numbers))
    if task := await about.first():
        await _close(tx, conversation, task, MOVED, by=by)
    return task


async def _close(
    tx: Transaction, conversation: models.Conversation, task: models.Task, outcome: str, *, by: UUID | None
) -> None:
    task.current = None
    task.closed_at, task.closed_by_id, task.outcome = clock.now(), by, outcome
    await task.save(update_fields=["current", "closed_at", "closed_by_id", "outcome"])
    await _count(tx, conversation, -1)
    await _enter(Did.TASK_CLOSED, conversation, task)


async def changed(tx: Transaction, conversation: models.Conversation) -> None:
    """What is said of an open task is other than before. Inside another verb that holds the conversation's lock."""
    await _count(tx, conversation, 0)


async def held(task_id: UUID, *, by: access.Staff) -> tuple[models.Conversation, models.Task]:
    """A task and its conversation, locked, for a member of its team.

    :raises Refusal: `unknown`, `not_allowed`
    """
    found = await models.Task.filter(id=task_id).first()
    if found is None:
        raise errors.unknown()
    conversation = await access.own_conversation(by, found.conversation_id)
    return conversation, await models.Task.get(id=task_id)


async def _count(tx: Transaction, conversation: models.Conversation, by: int) -> None:
    conversation.open_tasks += by
    conversation.rev += 1
    await conversation.save(update_fields=["open_tasks", "rev"])
    tx.record(facts.ConversationChanged(conversation=conversation.id), conversation.team_id)


async def _enter(did: Did, conversation: models.Conversation, task: models.Task) -> None:
    data: dict[str, object] = {"conversation": conversation.id, "kind": task.kind, "outcome": task.outcome}
    await audit.enter(
        did, organization=conversation.organization_id, about=task.id, patient=conversation.patient_id, data=data
    )
