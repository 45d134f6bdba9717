"""How the clinic writes to a patient, chosen by the patient in the portal. Who is not confirmed chooses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from server import access, audit, clock, errors, models, tokens
from server.audit import Did
from server.db import Transaction, sql, transaction
from server.domain import budgets, lines, opt_outs, patient_changes, patients, sending
from server.domain.opt_outs import Wish
from server.errors import Kind, Refusal
from server.models import ConsentSource, ConsentTo, ContactKind, Prefers, StopSource
from server.queries import chosen, own_contacts
from server.queries.chosen import Chosen

__all__ = ["CLINICS", "Choices", "Prefers", "Quiet", "change"]

MOST = 20
PER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the patient's day in which nothing goes out by itself: from one whole hour until another."""

    begins: int | None
    ends: int | None


CLINICS = Quiet(None, None)
"""The clinic's quiet hours, whichever they are."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen; None leaves it as it is. `agrees`: to notices by mail where a text does not arrive; `plain`: to
    texts that others can read (45 CFR 164.522(b); 78 FR 5634: whoever was warned may prefer them).
    """

    texts: bool | None = None
    mails: bool | None = None
    prefers: Prefers | None = None
    agrees: bool | None = None
    plain: bool | None = None
    language: str | None = None
    quiet: Quiet | None = None
    reminders: bool | None = None
    news: bool | None = None


async def change(choices: Choices, *, wordings: Mapping[ConsentTo, str], by: access.PortalPatient) -> None:
    """Let choices take effect that differ from what holds. `wordings` are the exact texts beside the consents' boxes.

    Without texts, none goes from any number of the clinic to the phone on file; with them, what only the carrier keeps
    back stays back until the phone texts START. Answers when no text can begin to go there any more.

    :raises Refusal: `too_many`, `no_language`, `no_such_hours`, `unknown` to who acts for the patient
    """
    if by.proxy:
        raise errors.unknown()
    _must_be_sound(choices)
    await budgets.spend(f"preferences:{by.patient}", at_most=MOST, per=PER)
    async with transaction() as tx:
        patient = await models.Patient.get(id=by.patient)
        numbers = await models.PhoneNumber.filter(organization_id=by.organization).order_by("id")
        await sql.hold_alone(by.organization, *(number.id for number in numbers))
        now = await chosen.of(by.patient)
        changed = [*await _texts(tx, patient, numbers, now, choices), *await _mails(tx, patient, now, choices)]
        changed += await _of_the_entry(tx, by, choices, wordings)
        if changed:
            await _enter(tx, by, changed)
    if "texts" in changed:
        for phone in await own_contacts.indexes_of(patient, ContactKind.PHONE):
            await sending.until_quiet(phone, [number.id for number in numbers])


def _must_be_sound(choices: Choices) -> None:
    if choices.language not in (None, *patients.LANGUAGES):
        raise Refusal(Kind.INVALID, "no_language", "We write in English (en), Spanish (es) and Arabic (ar).")
    if choices.quiet in (None, CLINICS):
        return
    begins, ends = choices.quiet.begins, choices.quiet.ends
    if begins == ends or begins not in range(24) or ends not in range(24):
        raise Refusal(Kind.INVALID, "no_such_hours", "Quiet hours begin at one hour of the day and end at another.")


async def _of_the_entry(
    tx: Transaction, by: access.PortalPatient, choices: Choices, wordings: Mapping[ConsentTo, str]
) -> list[str]:
    """What stands in the directory and the consents. The patient is locked last, after conversations and contacts."""
    patient = await models.Patient.select_for_update(no_key=True).get(id=by.patient)
    now = await chosen.of(by.patient)
    agrees = choices.agrees if now.has_mail else None
    plain = choices.plain if now.has_phone else None
    changed = await _fields(patient, now, choices)
    if agrees is not None and agrees is not now.agrees:
        changed += await _consent(tx, patient, ConsentTo.EMAIL, wordings, gives=agrees)
    if plain is not None and plain is not now.plain:
        changed += await _consent(tx, patient, ConsentTo.PLAIN_SMS, wordings, gives=plain)
    return changed


async def _enter(tx: Transaction, by: access.PortalPatient, changed: list[str]) -> None:
    patient = await models.Patient.get(id=by.patient)
    patient.rev += 1
    await patient.save(update_fields=["rev"])
    await patient_changes.tell(tx, patient)
    data: dict[str, object] = {"fields": changed}
    await audit.enter(
        Did.PREFERENCES_CHANGED, organization=by.organization, about=patient.id, patient=patient.id, data=data
    )


async def _texts(
    tx: Transaction, patient: models.Patient, numbers: list[models.PhoneNumber], now: Chosen, choices: Choices
) -> list[str]:
    if choices.texts is None or choices.texts is now.texts or patient.phone_index is None:
        return []
    for phone in sorted(await own_contacts.indexes_of(patient, ContactKind.PHONE)):
        await _of_phone(tx, patient, phone, numbers, choices)
    return ["texts"]


async def _of_phone(
    tx: Transaction, patient: models.Patient, phone: str, numbers: list[models.PhoneNumber], choices: Choices
) -> None:
    stopped = await chosen.stops(phone, [number.id for number in numbers])
    for number in numbers:
        wish = Wish(patient.organization_id, phone, number.id, StopSource.PORTAL)
        if not choices.texts:
            await _stop(tx, wish)
        elif number.id in stopped and chosen.can_lift(number, stopped[number.id].source):
            await opt_outs.lift(tx, wish)


async def _mails(tx: Transaction, patient: models.Patient, now: Chosen, choices: Choices) -> list[str]:
    if choices.mails is None or choices.mails is now.mails or patient.email_index is None:
        return []
    for mailbox in sorted(await own_contacts.indexes_of(patient, ContactKind.EMAIL)):
        wish = Wish(patient.organization_id, mailbox, patient.organization_id, StopSource.PORTAL)
        await (opt_outs.lift(tx, wish) if choices.mails else _stop(tx, wish))
    return ["mails"]


async def _stop(tx: Transaction, wish: Wish) -> None:
    await opt_outs.record(tx, wish)
    await sending.stop_waiting(tx, wish.contact_index, wish.sender_id)


async def _fields(patient: models.Patient, now: Chosen, choices: Choices) -> list[str]:
    changed: dict[str, object] = {
        name: wanted
        for name in ("language", "reminders", "news")
        if (wanted := getattr(choices, name)) not in (None, getattr(now, name))
    }
    # Who has said nothing gets texts, so to choose them is no change.
    if choices.prefers not in (None, now.prefers or Prefers.SMS) and now.has_phone and now.has_mail:
        changed["prefers"] = choices.prefers
    if choices.quiet not in (None, Quiet(patient.quiet_from, patient.quiet_until)):
        changed |= {"quiet_from": choices.quiet.begins, "quiet_until": choices.quiet.ends}
    if changed:
        await models.Patient.filter(id=patient.id).update(**changed)
    return sorted(changed)


async def _consent(
    tx: Transaction, patient: models.Patient, kind: ConsentTo, wordings: Mapping[ConsentTo, str], *, gives: bool
) -> list[str]:
    line = await models.Consent.create(
        id=tokens.new_id(),
        created_at=clock.now(),
        patient_id=patient.id,
        kind=kind,
        gives=gives,
        wording=wordings[kind],
        source=ConsentSource.PORTAL,
    )
    await lines.agreed(tx, line)
    await audit.enter(
        Did.CONSENT_RECORDED if gives else Did.CONSENT_ENDED,
        organization=patient.organization_id,
        about=line.id,
        patient=patient.id,
        data={"kind": line.kind, "source": line.source},
    )
    return [f"consent:{kind.value}"]
