"""What the words may be about for which an urgent task was opened: the words themselves say it."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from tortoise.expressions import Q

from server import keys, models, urgent_words
from server.queries import thread
from server.urgent_phrases import Urgent


async def of(tasks: Sequence[models.Task]) -> dict[UUID, list[Urgent]]:
    """What the message of each of these tasks may be about, by the task's conversation."""
    pairs = [Q(conversation_id=task.conversation_id, number=task.number) for task in tasks]
    if not pairs:
        return {}
    said = await models.Message.filter(reduce(or_, pairs)).select_related("conversation")
    return {message.conversation_id: await _about(message) for message in said}


async def _about(message: models.Message) -> list[Urgent]:
    ring = await keys.of(message.conversation.organization_id)
    return urgent_words.found(thread.body_of(ring, message))
