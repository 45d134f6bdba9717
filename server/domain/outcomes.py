"""A person did what no machine can, and says what came of it."""

from itertools import product
from uuid import UUID

from server import access, models
from server.db import Transaction, sql, transaction
from server.domain import contacts, deliveries, identity_trouble, opt_outs, proxy_reviews, sending, tasks, urgency
from server.domain.sending import turning
from server.models import ContactKind, StopSource, TaskKind
from server.queries import own_contacts


async def close(task_id: UUID, outcome: str, *, by: access.Staff) -> UUID:
    """Close a task with what was done, and do what follows from it; its conversation's id.

    Of a wish to stop: nothing more goes from the team's numbers to the patient's phones. Of a wrong number that is
    right after all: the phone, and a mailbox in doubt, are used again. Of a patient who could not prove who they are:
    they may try again, at every team's link. Of a review: who acts for the patient does so again, or no longer. Of
    words that are not urgent: the priority that they alone had given is taken off. A task that is closed already stays
    as it was closed.

    :raises Refusal: `unknown`, `not_allowed`, `no_outcome`
    """
    async with transaction() as tx:
        others = await identity_trouble.hold(task_id) if outcome == "unlocked" else []
        conversation, task = await tasks.held(task_id, by=by)
        was_open = task.current is not None
        await tasks.end(tx, conversation, task, outcome, by=by.user)
        patient = await models.Patient.get(id=conversation.patient_id)
        phones = sorted(await own_contacts.indexes_of(patient, ContactKind.PHONE))
        stops = outcome == "stop_texts" and was_open and phones
        numbers = await models.PhoneNumber.filter(team_id=conversation.team_id).order_by("id") if stops else []
        await sql.hold_alone(*(number.id for number in numbers))
        for phone, number in product(phones, numbers):
            await _stop(tx, conversation, phone, number, by=by)
        if task.kind is TaskKind.REVIEW_PROXY and was_open:
            await proxy_reviews.settle(tx, conversation, goes_on=outcome == "kept", by=by.user)
        if outcome == "keep_texts" and was_open:
            freed = await deliveries.release(conversation, "maybe_opt_out")
            await turning.tell(tx, conversation, freed)
        if outcome == "right_number" and was_open:
            await contacts.right_after_all(tx, patient)
        if outcome == "not_urgent" and was_open:
            await urgency.judged_harmless(tx, conversation, task, by=by.user)
        if task.kind is TaskKind.IDENTITY and was_open:
            await identity_trouble.follow(tx, conversation, outcome, others=others, by=by.user)
    for phone in phones if numbers else ():
        await sending.until_quiet(phone, [number.id for number in numbers])
    return conversation.id


async def _stop(
    tx: Transaction, conversation: models.Conversation, phone: str, number: models.PhoneNumber, *, by: access.Staff
) -> None:
    wish = opt_outs.Wish(conversation.organization_id, phone, number.id, StopSource.STAFF, by=by.user)
    await opt_outs.record(tx, wish)
    await sending.stop_waiting(tx, phone, number.id, holding=conversation)
