"""What a patient has chosen about how we write to them, as their own page shows it."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from server import keys, models, people
from server.models import ConsentTo, OptOutMode, StopSource
from server.queries import consents, quiet, zones


class Chosen(msgspec.Struct, frozen=True):
    """What holds now. `texts` is whether any number of the clinic may text; `must_start` are numbers, as people write
    them, that only a text START from the phone opens again. `quiet` are hours of the patient's day, from and until;
    `own_quiet` whether they chose them. `agrees` is to notices by mail, `plain` to texts that others can read.
    """

    has_phone: bool
    has_mail: bool
    texts: bool
    mails: bool
    prefers: str | None
    agrees: bool
    plain: bool
    must_start: list[str]
    language: str
    quiet: tuple[int, int]
    own_quiet: bool
    clinic_quiet: tuple[int, int]
    zone: str
    reminders: bool
    news: bool


async def of(patient_id: UUID) -> Chosen:
    """Read it."""
    patient = await models.Patient.get(id=patient_id).select_related("organization")
    numbers, stopped = await _stopped(patient)
    closed = [number for number in numbers if number.id in stopped]
    texts = not numbers or len(closed) < len(numbers)
    return Chosen(
        has_phone=patient.phone_index is not None,
        has_mail=patient.email_index is not None,
        texts=texts,
        mails=not await stops(patient.email_index, [patient.organization_id]),
        prefers=patient.prefers.value if patient.prefers else None,
        agrees=await consents.gives(patient.id, ConsentTo.EMAIL),
        plain=await consents.gives(patient.id, ConsentTo.PLAIN_SMS),
        must_start=[
            people.phone_display(number.e164)
            for number in closed
            if texts or not can_lift(number, stopped[number.id].source)
        ],
        language=patient.language,
        quiet=quiet.of(patient, patient.organization),
        own_quiet=patient.quiet_from is not None,
        clinic_quiet=(patient.organization.quiet_from, patient.organization.quiet_until),
        zone=zones.of(await keys.of(patient.organization_id), patient, patient.organization).key,
        reminders=patient.reminders,
        news=patient.news,
    )


async def texts_are_off(patient_id: UUID) -> bool:
    """Whether no number of the clinic may text the patient's phone; three queries."""
    patient = await models.Patient.get(id=patient_id)
    numbers, stopped = await _stopped(patient)
    return bool(numbers) and len(stopped) == len(numbers)


async def _stopped(patient: models.Patient) -> tuple[list[models.PhoneNumber], dict[UUID, models.Suppression]]:
    """The clinic's numbers, and which of them the patient's phone wants nothing from."""
    theirs = models.PhoneNumber.filter(organization_id=patient.organization_id)
    numbers = await theirs.exclude(status=models.NumberStatus.RELEASED).order_by("e164")
    return numbers, await stops(patient.phone_index, [number.id for number in numbers])


async def stops(index: str | None, senders: Sequence[UUID]) -> dict[UUID, models.Suppression]:
    """Which of these senders this contact wants nothing from."""
    if index is None:
        return {}
    found = await models.Suppression.filter(contact_index=index, sender_id__in=list(senders))
    return {row.sender_id: row for row in found}


def can_lift(number: models.PhoneNumber, source: StopSource) -> bool:
    """Whether our own ledger is all that is in the way: a carrier lifts its block for nothing but START."""
    by_carrier = source in (StopSource.CARRIER, StopSource.LIST)
    return not by_carrier and not (source is StopSource.KEYWORD and number.opt_outs is OptOutMode.ASSIST)
