"""Words that may be urgent are given to a person, and do not wait their turn."""

from uuid import UUID

from server import facts, keys, models, urgent_words
from server.db import Transaction
from server.domain import on_call, priorities, tasks
from server.models import TaskKind
from server.queries import thread


async def heard(tx: Transaction, conversation: models.Conversation, message: models.Message, text: str) -> bool:
    """Inside the verb that keeps somebody's words, after them: look whether they may be urgent, and let that show;
    whether they may be.

    Nothing is sent to the patient. What they may be about is not kept: whoever reads the task looks at the words again.
    """
    is_urgent = bool(urgent_words.found(text))
    if is_urgent:
        task = await tasks.open(tx, conversation, TaskKind.URGENT, message.number)
        await priorities.urge(tx, conversation)
        await on_call.page(tx, conversation, task, message.number)
    return is_urgent


async def heard_of_stranger(tx: Transaction, stray: models.Stray, team: UUID, text: str) -> None:
    """Inside the verb that keeps words of somebody unknown for a team: the team hears of them, and if they may be
    urgent, so does who is on call.
    """
    is_urgent = bool(urgent_words.found(text))
    if is_urgent:
        await on_call.watch(stray, team)
    tx.record(facts.StraysChanged(team=team, urgent=is_urgent), team)


async def judged_harmless(tx: Transaction, conversation: models.Conversation, task: models.Task, *, by: UUID) -> None:
    """A person read the words of a task and they are not urgent: the priority that they had given goes with them.

    But nobody has judged what was found in later messages while this task stood for them: the first gets its own.
    """
    if number := await _found_after(conversation, task.number or 0):
        await tasks.open(tx, conversation, TaskKind.URGENT, number)
    else:
        await priorities.calm(tx, conversation, by=by)


async def _found_after(conversation: models.Conversation, number: int) -> int | None:
    ring = await keys.of(conversation.organization_id)
    later = models.Message.filter(conversation_id=conversation.id, number__gt=number, user_id=None, recalled_at=None)
    written = await later.order_by("number")
    return next((each.number for each in written if urgent_words.found(thread.body_of(ring, each))), None)
