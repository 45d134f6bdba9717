"""What ends by itself when the patient reads or writes, or when nothing is left to do."""

from server import audit, clock, models
from server.audit import Did
from server.domain import jobs, ladders, not_read
from server.models import LaterState, TaskKind
from server.queries import unread

POSTING = "later"
"""The kind of the job that posts what was written for later."""


async def patient_wrote(conversation: models.Conversation) -> None:
    """Inside the verb that keeps the patient's words: what was written for later was written without knowing them."""
    await _cancel_later(conversation, "patient_wrote")
    await ladders.end(conversation.id)
    await not_read.forget(conversation)
    await _call_off(conversation)


async def proxy_wrote(conversation: models.Conversation) -> None:
    """The same of somebody who acts for the patient: the patient is still to be reminded of what they have not read."""
    await _cancel_later(conversation, "patient_wrote")
    await less_is_unread(conversation)


async def nothing_left(conversation: models.Conversation) -> None:
    """Inside the verb that marks a conversation done: no reminder, and nothing of what was written for later."""
    await _cancel_later(conversation, "done")
    await ladders.end(conversation.id)
    await _call_off(conversation)


async def patient_died(conversation: models.Conversation) -> None:
    """Inside the verb that says so, and which tells the team: nothing goes later, nobody is reminded or has to call."""
    await _cancel_later(conversation, "deceased")
    await ladders.end(conversation.id)
    await not_read.forget(conversation)
    await _call_off(conversation)


async def less_is_unread(conversation: models.Conversation) -> None:
    """Inside the verb by which messages were viewed or taken back: nobody is reminded of them, nor called for them."""
    await ladders.look_again(conversation.id)
    await not_read.less_is_unread(conversation)
    if conversation.open_tasks and not await unread.of_anybody(conversation.id):
        await _call_off(conversation)


async def cancel(conversation: models.Conversation, row: models.Later, why: str | None) -> None:
    """What waits for later will not be sent, inside a verb that holds the conversation's lock and tells the team."""
    row.state, row.why = LaterState.CANCELLED, why or row.why
    await row.save(update_fields=["state", "why"])
    await jobs.end(POSTING, row.id)
    await _enter(Did.LATER_CANCELLED, conversation, row, {"why": row.why})


async def _cancel_later(conversation: models.Conversation, why: str) -> None:
    for row in await models.Later.filter(conversation_id=conversation.id, state=LaterState.WAITING):
        await cancel(conversation, row, why)


async def _call_off(conversation: models.Conversation) -> None:
    """Nobody needs to call about unread messages any more."""
    if not conversation.open_tasks:
        return
    calls = models.Task.filter(conversation_id=conversation.id, kind=TaskKind.CALL_UNREAD, current=True)
    for task in await calls:
        task.current, task.closed_at, task.outcome = None, clock.now(), "not_needed"
        await task.save(update_fields=["current", "closed_at", "outcome"])
        conversation.open_tasks -= 1
        await conversation.save(update_fields=["open_tasks"])
        await _enter(Did.TASK_CLOSED, conversation, task, {"kind": task.kind, "outcome": task.outcome})


async def _enter(
    did: Did, conversation: models.Conversation, about: models.Later | models.Task, data: dict[str, object]
) -> None:
    await audit.enter(
        did,
        organization=conversation.organization_id,
        about=about.id,
        patient=conversation.patient_id,
        data={"conversation": conversation.id, **data},
    )
