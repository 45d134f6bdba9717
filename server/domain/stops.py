"""Wishes that were spoken or written to staff: written down by them, and by them taken back, but by nobody else's hand.

Any reasonable way to say it counts (47 CFR 64.1200(a)(10)). What the patient stopped themselves only they can start
again: the carrier lifts its own block for nobody else either.
"""

from collections.abc import Collection, Sequence
from itertools import product
from uuid import UUID

from server import access, models, people
from server.db import sql, transaction
from server.domain import opt_outs, sending, words
from server.errors import Kind, Refusal
from server.models import ContactKind, StopSource
from server.queries import own_contacts


async def write_down(patient_id: UUID, *, is_mail: bool, team_id: UUID, said: str, by: access.Staff) -> models.Patient:
    """The patient wants no more texts from this team's numbers, or no more mails, at whatever they have. Again changes
    nothing.

    Answers when no text can begin to go there any more.

    :raises Refusal: `unknown`, `not_allowed`, `no_way_to_reach`, `empty`, `hidden_characters`
    """
    quoted = _quoted(said)
    async with transaction() as tx:
        patient, indexes, senders = await _asked(patient_id, is_mail=is_mail, team_id=team_id, by=by)
        await sql.hold_alone(*senders)
        for index, sender in product(indexes, senders):
            await opt_outs.record(tx, _wish(index, sender, quoted, by=by))
            await sending.stop_waiting(tx, index, sender)
    for index in indexes:
        await sending.until_quiet(index, senders)
    return await access.patient(by, patient.id)


async def take_back(patient_id: UUID, *, is_mail: bool, team_id: UUID, said: str, by: access.Staff) -> models.Patient:
    """What staff wrote down was a mistake, or the patient changed their mind. Where nothing is stopped, all stays.

    :raises Refusal: as `write_down`, and `only_the_patient`
    """
    quoted = _quoted(said)
    async with transaction() as tx:
        patient, indexes, senders = await _asked(patient_id, is_mail=is_mail, team_id=team_id, by=by)
        await _must_be_ours(indexes, senders, is_mail=is_mail)
        for index, sender in product(indexes, senders):
            await opt_outs.lift(tx, _wish(index, sender, quoted, by=by))
    return await access.patient(by, patient.id)


def _wish(index: str, sender: UUID, quoted: str, *, by: access.Staff) -> opt_outs.Wish:
    return opt_outs.Wish(by.organization, index, sender, StopSource.STAFF, quoted, by.user)


def _quoted(said: str) -> str:
    if not (quoted := " ".join(said.split())[: opt_outs.LONGEST]):
        raise Refusal(Kind.INVALID, "empty", "Say in which words the patient asked for it.")
    return words.body(quoted)


async def _asked(
    patient_id: UUID, *, is_mail: bool, team_id: UUID, by: access.Staff
) -> tuple[models.Patient, Sequence[str], Sequence[UUID]]:
    """The patient, the indexes of their phones or mailboxes, and the senders it is about."""
    patient = await access.patient(by, patient_id)
    access.must_be_member(by, team_id)
    if is_mail:
        mailboxes = await own_contacts.indexes_of(patient, ContactKind.EMAIL)
        return patient, _must_have(mailboxes, "no_email"), [by.organization]
    theirs = models.PhoneNumber.filter(team_id=team_id).exclude(status=models.NumberStatus.RELEASED)
    numbers = await theirs.order_by("id").values_list("id")
    phones = await own_contacts.indexes_of(patient, ContactKind.PHONE)
    return patient, _must_have(phones, "no_phone"), [number for (number,) in numbers]


def _must_have(indexes: Collection[str], why: str) -> Sequence[str]:
    if not indexes:
        sentence = "There is no such contact on file that could be stopped. Add it first."
        raise Refusal(Kind.CONFLICT, "no_way_to_reach", sentence, extra={"why": why})
    return sorted(indexes)


async def _must_be_ours(indexes: Sequence[str], senders: Sequence[UUID], *, is_mail: bool) -> None:
    """Hold the senders, so that nobody's STOP comes in between, and look who stopped them."""
    await sql.hold_alone(*senders)
    numbers = await models.PhoneNumber.filter(id__in=senders).order_by("id")
    stopped = models.Suppression.filter(contact_index__in=indexes, sender_id__in=senders)
    theirs = await stopped.exclude(source=StopSource.STAFF).values_list("sender_id")
    if not theirs:
        return
    told = [people.phone_display(number.e164) for number in numbers if (number.id,) in theirs]
    how = "to choose mails again on their messages page" if is_mail else f"to text START to {' and '.join(told)}"
    sentence = f"The patient stopped this themselves, so only they can start it again. Ask them {how}."
    raise Refusal(Kind.CONFLICT, "only_the_patient", sentence)
