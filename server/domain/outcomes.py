"""A person did what no machine can, and says what came of it."""

from uuid import UUID

from server import access, models
from server.db import Transaction, transaction
from server.domain import contacts, opt_outs, sending, tasks
from server.models import StopSource


async def close(task_id: UUID, outcome: str, *, by: access.Staff) -> UUID:
    """Close a task with what was done, and do what follows from it; its conversation's id.

    Of a wish to stop: nothing more goes from the team's numbers to the patient's phone. Of a wrong number that is right
    after all: the phone is used again. A task that is closed already stays as it was closed.

    :raises Refusal: `unknown`, `not_allowed`, `no_outcome`
    """
    async with transaction() as tx:
        conversation, task = await tasks.held(task_id, by=by)
        was_open = task.current is not None
        await tasks.end(tx, conversation, task, outcome, by=by.user)
        if was_open:
            await _follow(tx, conversation, outcome, by=by)
        return conversation.id


async def _follow(tx: Transaction, conversation: models.Conversation, outcome: str, *, by: access.Staff) -> None:
    patient = await models.Patient.get(id=conversation.patient_id)
    phone = patient.phone_index
    if phone is None:
        return
    if outcome == "right_number":
        await contacts.resume(tx, conversation.organization_id, phone)
    if outcome == "stop_texts":
        for number in await models.PhoneNumber.filter(team_id=conversation.team_id).order_by("id"):
            await opt_outs.record(
                tx,
                organization=conversation.organization_id,
                contact_index=phone,
                sender_id=number.id,
                source=StopSource.STAFF,
                by=by.user,
            )
            await sending.stop_waiting(tx, phone, number.id, holding=conversation)
