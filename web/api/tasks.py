"""What a person must do in a conversation."""

from uuid import UUID

from server import access
from server.domain import identity_trouble, outcomes
from server.queries import inbox, unconfirmed, views
from web.api import shapes
from web.api.registry import api


@api.post("/tasks/{task}/close", answers={200: views.Row}, refuses=("not_allowed", "no_outcome"))
async def close_task(staff: access.Staff, task: UUID, body: shapes.TaskDone) -> views.Row:
    """It was done, with this outcome; what follows from it happens at once."""
    conversation = await outcomes.close(task, body.outcome, by=staff)
    return (await inbox.rows([conversation]))[conversation]


@api.get("/tasks/{task}/tries", answers={200: unconfirmed.Typed})
async def show_tries(staff: access.Staff, task: UUID) -> unconfirmed.Typed:
    """What was typed by somebody who could not prove that they are the patient. Looking goes on record."""
    return await unconfirmed.typed(await identity_trouble.look(task, by=staff))
