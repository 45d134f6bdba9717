"""What ends by itself when the patient writes, or when nothing is left to do."""

from server import audit, models
from server.audit import Did
from server.domain import jobs, ladders
from server.models import LaterState

POSTING = "later"
"""The kind of the job that posts what was written for later."""


async def patient_wrote(conversation: models.Conversation) -> None:
    """Inside the verb that keeps the patient's words: what was written for later was written without knowing them."""
    await _cancel_later(conversation, "patient_wrote")
    await ladders.end(conversation.id)


async def nothing_left(conversation: models.Conversation) -> None:
    """Inside the verb that marks a conversation done: no reminder, and nothing of what was written for later."""
    await _cancel_later(conversation, "done")
    await ladders.end(conversation.id)


async def _cancel_later(conversation: models.Conversation, why: str) -> None:
    for row in await models.Later.filter(conversation_id=conversation.id, state=LaterState.WAITING):
        await cancel(conversation, row, why)


async def cancel(conversation: models.Conversation, row: models.Later, why: str | None) -> None:
    """What waits for later will not be sent, inside a verb that holds the conversation's lock and tells the team."""
    row.state, row.why = LaterState.CANCELLED, why or row.why
    await row.save(update_fields=["state", "why"])
    await jobs.end(POSTING, row.id)
    await audit.enter(
        Did.LATER_CANCELLED,
        organization=conversation.organization_id,
        about=row.id,
        patient=conversation.patient_id,
        data={"conversation": conversation.id, "why": row.why},
    )
