"""One clock for a patient's question: it runs from the first words that nobody has answered.

It stands on the conversation as `needs_reply_since` and is the same whoever has the conversation, and however long it
was put off. An answer stops it, and so does done with a reason; who takes either back lets it go on from where it
began. How much of it is open time depends on the team's hours and on when somebody looks, so that is kept nowhere.
"""

from datetime import datetime
from uuid import UUID

from server import models
from server.models import EventKind


async def unanswered_since(conversation: models.Conversation) -> datetime | None:
    """Inside a verb that took an answer or a *done* back, and after it did: since when the patient waits now (UTC)."""
    settled = max(await _answered(conversation.id), await _done(conversation.id))
    asking = models.Message.filter(conversation_id=conversation.id, user_id=None, number__gt=settled, recalled_at=None)
    first = await asking.order_by("number").first()
    return first.created_at if first else None


async def _answered(conversation: UUID) -> int:
    """The number of the newest message of staff that stands; 0 where there is none. A broadcast answers nobody."""
    staying = models.Message.filter(
        conversation_id=conversation, user_id__not_isnull=True, recalled_at=None, broadcast_id=None
    )
    newest = await staying.order_by("-number").first()
    return newest.number if newest else 0


async def _done(conversation: UUID) -> int:
    """The number of the newest message at the last *done* that stands and gave a reason; 0 where there is none."""
    turns = models.Event.filter(conversation_id=conversation, kind__in=[EventKind.DONE, EventKind.REOPENED])
    standing: list[int] = []
    for kind, number, why in await turns.order_by("created_at", "id").values_list("kind", "number", "why"):
        if kind == EventKind.DONE:
            # Without a reason nobody waited: what settled the question is an answer, which may be taken back.
            standing.append(number if why else 0)
        elif standing:
            # Every message reopens without a line, so this one takes back the last *done* and no earlier one.
            standing.pop()
    return max(standing, default=0)
