"""Legal holds: of a patient or the whole clinic nothing is deleted until an admin lifts it, whatever else says so.

What deletes asks `queries/holds.py` in its transaction: a hold that was placed before is never passed over.
"""

from uuid import UUID

from server import access, audit, clock, errors, keys, models
from server.audit import Did
from server.db import transaction
from server.domain import managing, step_up, words
from server.errors import Kind, Refusal

LONGEST = 500
"""Characters of why."""
GRAVE = "After this, records may be deleted. Type your password or a code first."


async def place(hold_id: UUID, patient_id: UUID | None, reason: str, *, by: access.Staff) -> models.LegalHold:
    """Hold all there is of a patient, or of the whole clinic. The same id again: the same hold.

    :raises Refusal: `not_allowed`, `unknown`, `reason_needed`, `too_long`, `hidden_characters`, `key_reused`
    """
    if patient_id:
        await access.patient(by, patient_id)
    managing.must_be_admin(by)
    said = _needed(reason, "Say in a few words why, such as the number of the case.")
    async with transaction():
        # Whoever deletes holds the clinic meanwhile; whoever takes an entry back holds the patient.
        await managing.locked_clinic(by)
        if patient_id:
            await models.Patient.filter(id=patient_id).select_for_update(no_key=True).get()
        if there := await models.LegalHold.filter(id=hold_id).first():
            return _same(there, patient_id, by)
        row = models.LegalHold(id=hold_id, organization_id=by.organization, patient_id=patient_id, by_id=by.user)
        row.created_at = clock.now()
        row.reason_sealed = (await keys.of(by.organization)).seal("legal_hold", "reason", row.id, said)
        await row.save(force_create=True)
        await _enter(Did.HOLD_PLACED, row)
        return row


async def lift(hold_id: UUID, why: str, *, by: access.Staff) -> None:
    """End a hold, with why. Again changes nothing.

    :raises Refusal: `not_allowed`, `unknown`, `prove_again`, `reason_needed`, `too_long`, `hidden_characters`
    """
    managing.must_be_admin(by)
    if not await models.LegalHold.filter(id=hold_id, organization_id=by.organization).exists():
        raise errors.unknown()
    await step_up.must_be_just_now(by, GRAVE)
    said = _needed(why, "Say in a few words why it may be lifted.")
    async with transaction():
        await managing.locked_clinic(by)
        row = await models.LegalHold.select_for_update(no_key=True).get(id=hold_id)
        if row.lifted_at:
            return
        row.lifted_at, row.lifted_by_id = clock.now(), by.user
        row.lifted_why_sealed = (await keys.of(by.organization)).seal("legal_hold", "lifted_why", row.id, said)
        await row.save(update_fields=["lifted_at", "lifted_by_id", "lifted_why_sealed"])
        await _enter(Did.HOLD_LIFTED, row)


def on_hold() -> Refusal:
    """The refusal to do what would delete something that is held."""
    return Refusal(Kind.CONFLICT, "on_hold", "A legal hold keeps this as it is. An admin of your clinic can lift it.")


def _same(there: models.LegalHold, patient: UUID | None, by: access.Staff) -> models.LegalHold:
    if (there.organization_id, there.patient_id) != (by.organization, patient):
        raise Refusal(Kind.CONFLICT, "key_reused", "This was used for another hold. Try again.")
    return there


def _needed(text: str, otherwise: str) -> str:
    said = words.remark(text, most=LONGEST)
    if not said:
        raise Refusal(Kind.INVALID, "reason_needed", otherwise)
    return said


async def _enter(did: Did, row: models.LegalHold) -> None:
    await audit.enter(did, organization=row.organization_id, about=row.id, patient=row.patient_id)
