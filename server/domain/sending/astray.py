"""A code, a fresh link, a proxy's notice or an answer did not arrive: what that says of the contact it went to.

A delivery tells this by its row (`aftermath`). An errand has none, but its contact is the same phone or mailbox.
"""

from uuid import UUID

from server import keys, models
from server.db import Transaction, sql
from server.domain import contacts, opt_outs, tasks
from server.domain.sending import confirmations, origins, questions, stopping, turning
from server.domain.sending.origins import Origin
from server.models import StopSource, TaskKind
from server.queries import numbers, own_contacts


async def refused(tx: Transaction, errand: UUID, reason: str | None) -> None:
    """The carrier or the mail server did not take an errand, or told later that it did not arrive.

    A contact that fails for good is not used any more and, where it is the patient's own, its team is asked to mend it.
    """
    origin = await origins.of_errand(errand)
    if origin is None or origin.contact is None:
        return
    # The conversation before the contact, as everybody does.
    conversation = await turning.locked(origin.conversation)
    is_given_up = await contacts.failed(tx, origin.organization, origin.contact, reason)
    if is_given_up and await _is_the_patients(origin):
        await tasks.open(tx, conversation, TaskKind.DEAD_CONTACT)


async def stopped(tx: Transaction, errand: UUID, *, number: str = "") -> None:
    """The carrier reported that the phone had stopped our texts: so they are stopped here too.

    `number` (E.164) is the one of ours that the report names, if it does; else it is the one that would be used now.
    """
    origin = await origins.of_errand(errand)
    if origin is None or origin.contact is None:
        return
    conversation = await turning.locked(origin.conversation)
    named = models.PhoneNumber.filter(organization_id=origin.organization, e164=number)
    ours = await named.first() or await _would_use(origin, conversation)
    if ours is None:
        return
    wish = opt_outs.Wish(origin.organization, origin.contact, ours.id, StopSource.CARRIER)
    await opt_outs.record(tx, wish)
    await stopping.stop_waiting(tx, origin.contact, ours.id, holding=conversation)


async def _would_use(origin: Origin, conversation: models.Conversation) -> models.PhoneNumber | None:
    if origin.proxy:
        wanted = await numbers.written_to(conversation.id, proxy=origin.proxy)
        return await numbers.of_team(conversation.team_id, wanted)
    return await numbers.of_conversation(conversation)


async def answer_stopped(tx: Transaction, errand: UUID, *, phone: str, number: str) -> None:
    """The carrier did not deliver our answer to STOP, START or HELP, because it blocks that phone for that number of
    ours (both E.164): so texts are stopped here too, whatever our ledger said.

    An answer that is done keeps nobody's phone, so the report has to name the two that it went between. What was
    started after it is not stopped by it: the answer to that will tell.
    """
    row = await models.Work.filter(id=errand, kind__in=confirmations.KINDS).first()
    ours = await models.PhoneNumber.filter(e164=number).first()
    if row is None or ours is None:
        return
    index = (await keys.of(ours.organization_id)).blind("phone", phone)
    if confirmations.is_between(row, index, ours.id):
        await _stop_of_an_answer(tx, row, index, ours)


async def refused_as_stopped(tx: Transaction, row: models.Work, kept: confirmations.Kept) -> None:
    """The same where the carrier says so at once, inside the verb that settles what was asked for."""
    if row.kind not in confirmations.KINDS:
        await stopped(tx, row.id)
        return await question_failed(tx, row.id, "opted_out")
    ours = await models.PhoneNumber.filter(id=kept.number).first()
    if ours and kept.index:
        await _stop_of_an_answer(tx, row, kept.index, ours)
    return None


async def question_failed(tx: Transaction, errand: UUID, reason: str | None) -> None:
    """A silent phone that was asked whether it is still the patient's did not get the question, or blocks our texts.

    What waits for the answer waits no longer, unless the phone has answered meanwhile.
    """
    row = await models.Work.filter(id=errand, kind__in=questions.KINDS).first()
    silent = await questions.silent(row.kind, row.subject_id) if row and row.subject_id else None
    if row is None or silent is None or silent.index is None:
        return
    if reason == "opted_out" and silent.asked.number:
        await _stop_of_an_answer(tx, row, silent.index, silent.asked.number)
    if await contacts.owes_answer(silent.organization, silent.index):
        await contacts.cannot_ask(silent.organization, silent.index, silent.conversation.id, reason)


async def _stop_of_an_answer(tx: Transaction, row: models.Work, index: str, ours: models.PhoneNumber) -> None:
    await sql.hold_alone(ours.id)
    since = models.OptOut.filter(contact_index=index, sender_id=ours.id, stops=False, created_at__gt=row.created_at)
    if not await since.exists():
        await opt_outs.record(tx, opt_outs.Wish(ours.organization_id, index, ours.id, StopSource.CARRIER))
        await stopping.stop_waiting(tx, index, ours.id)


async def arrived(errand: UUID) -> None:
    """The carrier reported that it arrived: failures of its contact are counted anew."""
    origin = await origins.of_errand(errand)
    if origin and origin.contact:
        await contacts.arrived(origin.organization, origin.contact)


async def _is_the_patients(origin: Origin) -> bool:
    """A proxy's contact has its own words for staff."""
    found = await models.Patient.get(id=origin.patient)
    return origin.contact in await own_contacts.indexes_of(found)
