"""What waited for a silent phone to answer goes on, or fails."""

from collections.abc import Collection
from uuid import UUID

from server import clock, models
from server.db import transaction
from server.domain import contacts, gate, jobs, proxy_notices, tasks
from server.domain.contacts import Ended
from server.domain.jobs import Job
from server.domain.sending import turning
from server.models import State, TaskKind
from server.queries import own_contacts

NOT_CONFIRMED = "not_confirmed"


async def end_recheck(job: Job) -> None:
    """The phone has answered, or had its time, or could not be asked: release what waits for it, or let it fail.

    A phone that nobody confirmed is not written to again until somebody of staff, or a text from it, says that it is
    the patient's. One of each conversation at a time, so that a worker that dies in between leaves no half of one.
    """
    contact, kept = await models.Contact.get(id=job.subject), job.kept(Ended)
    why = await _why_not(contact, kept)
    held = models.Delivery.filter(
        organization_id=contact.organization_id, to_index=contact.index, state=State.WAITING, reason=gate.RECHECK
    )
    waiting = {row.conversation_id for row in await held}
    is_wrong = why == contacts.WRONG and await _is_patients(kept.conversation, contact)
    for conversation in sorted(waiting | {kept.conversation} if is_wrong else waiting):
        await _end(conversation, contact.index, why, is_wrong=is_wrong)
    await proxy_notices.end_wait(contact.organization_id, contact.index, why)
    await jobs.finish(job)


async def _is_patients(conversation: UUID, contact: models.Contact) -> bool:
    """Whether the phone is the patient's: a proxy's has its own words for staff."""
    having = models.Patient.filter(await own_contacts.having([contact.index]))
    patients = [patient for (patient,) in await having.values_list("id")]
    return await models.Conversation.filter(id=conversation, patient_id__in=patients).exists()


async def _why_not(contact: models.Contact, kept: Ended) -> str | None:
    """None to release what is held; else the code it fails with."""
    if contact.paused_at or contacts.is_answered(contact):
        return contact.pause if contact.paused_at else None
    if kept.failed is None:
        async with transaction() as tx:
            await contacts.pause(tx, contact.organization_id, contact.index, NOT_CONFIRMED)
    return kept.failed or NOT_CONFIRMED


async def _end(conversation_id: UUID, index: str, why: str | None, *, is_wrong: bool) -> None:
    async with transaction() as tx:
        conversation = await turning.locked(conversation_id)
        held = models.Delivery.filter(
            conversation_id=conversation_id, to_index=index, state=State.WAITING, reason=gate.RECHECK
        )
        for ref in await _refs(await held):
            rows = [row for row in await turning.of_ref(ref) if row.state is State.WAITING]
            if why is None:
                await turning.turn(tx, conversation, rows, State.WAITING, next_at=clock.now())
            else:
                await turning.turn(tx, conversation, rows, State.FAILED, why)
        if is_wrong:
            await tasks.open(tx, conversation, TaskKind.WRONG_NUMBER)


async def _refs(rows: Collection[models.Delivery]) -> list[UUID]:
    return sorted({row.ref for row in rows})
