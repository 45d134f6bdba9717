"""How the clinic writes to a patient, chosen by the patient in the portal. Who is not confirmed chooses nothing."""

from dataclasses import dataclass
from datetime import timedelta

from tortoise.expressions import F

from server import access, audit, clock, models, tokens
from server.audit import Did
from server.db import Transaction, sql, transaction
from server.domain import budgets, opt_outs, patient_changes, sending
from server.domain.opt_outs import Wish
from server.models import ConsentSource, ConsentTo, Prefers, StopSource
from server.queries import chosen
from server.queries.chosen import Chosen

__all__ = ["Choices", "Prefers", "change"]

MOST = 20
PER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen; None leaves it as it is. `agrees`: to notices by mail where a text does not arrive."""

    texts: bool | None = None
    mails: bool | None = None
    prefers: Prefers | None = None
    agrees: bool | None = None


async def change(choices: Choices, *, wording: str, by: access.PortalPatient) -> None:
    """Let choices take effect that differ from what holds. `wording` is the exact text beside the box of `agrees`.

    Without texts, none goes from any number of the clinic to the phone on file; with them, what only the carrier keeps
    back stays back until the phone texts START. Answers when no text can begin to go there any more.

    :raises Refusal: `too_many`
    """
    await budgets.spend(f"preferences:{by.patient}", at_most=MOST, per=PER)
    async with transaction() as tx:
        patient = await models.Patient.get(id=by.patient)
        numbers = await models.PhoneNumber.filter(organization_id=by.organization).order_by("id")
        await sql.hold_alone(by.organization, *(number.id for number in numbers))
        now = await chosen.of(by.patient)
        changed = [
            *await _texts(tx, patient, numbers, now, choices),
            *await _mails(tx, patient, now, choices),
            *await _prefers(patient, now, choices),
            *await _agrees(patient, now, choices, wording),
        ]
        if changed:
            await models.Patient.filter(id=patient.id).update(rev=F("rev") + 1)
            await patient_changes.tell(tx, patient)
            data: dict[str, object] = {"fields": changed}
            await audit.enter(
                Did.PREFERENCES_CHANGED, organization=by.organization, about=patient.id, patient=patient.id, data=data
            )
    if "texts" in changed:
        await sending.until_quiet(patient.phone_index or "", [number.id for number in numbers])


async def _texts(
    tx: Transaction, patient: models.Patient, numbers: list[models.PhoneNumber], now: Chosen, choices: Choices
) -> list[str]:
    if choices.texts is None or choices.texts is now.texts or patient.phone_index is None:
        return []
    stopped = await chosen.stops(patient.phone_index, [number.id for number in numbers])
    for number in numbers:
        wish = Wish(patient.organization_id, patient.phone_index, number.id, StopSource.PORTAL)
        if not choices.texts:
            await _stop(tx, wish)
        elif number.id in stopped and chosen.can_lift(number, stopped[number.id].source):
            await opt_outs.lift(tx, wish)
    return ["texts"]


async def _mails(tx: Transaction, patient: models.Patient, now: Chosen, choices: Choices) -> list[str]:
    if choices.mails is None or choices.mails is now.mails or patient.email_index is None:
        return []
    wish = Wish(patient.organization_id, patient.email_index, patient.organization_id, StopSource.PORTAL)
    await (opt_outs.lift(tx, wish) if choices.mails else _stop(tx, wish))
    return ["mails"]


async def _stop(tx: Transaction, wish: Wish) -> None:
    await opt_outs.record(tx, wish)
    await sending.stop_waiting(tx, wish.contact_index, wish.sender_id)


async def _prefers(patient: models.Patient, now: Chosen, choices: Choices) -> list[str]:
    # Who has said nothing gets texts, so to choose them is no change.
    if choices.prefers in (None, now.prefers or Prefers.SMS) or not (now.has_phone and now.has_mail):
        return []
    await models.Patient.filter(id=patient.id).update(prefers=choices.prefers)
    return ["prefers"]


async def _agrees(patient: models.Patient, now: Chosen, choices: Choices, wording: str) -> list[str]:
    if choices.agrees is None or choices.agrees is now.agrees or not now.has_mail:
        return []
    line = await models.Consent.create(
        id=tokens.new_id(),
        created_at=clock.now(),
        patient_id=patient.id,
        kind=ConsentTo.EMAIL,
        gives=choices.agrees,
        wording=wording,
        source=ConsentSource.PORTAL,
    )
    await audit.enter(
        Did.CONSENT_RECORDED if choices.agrees else Did.CONSENT_ENDED,
        organization=patient.organization_id,
        about=line.id,
        patient=patient.id,
        data={"kind": line.kind, "source": line.source},
    )
    return ["agrees"]
