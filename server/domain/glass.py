"""Emergency access: somebody reads all of a patient for a time, for a reason, and the admins hear of it (B09)."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from server import access, audit, clock, errors, keys, models, tokens
from server.audit import Did
from server.db import transaction
from server.domain import jobs, step_up, words
from server.errors import Kind, Refusal

MAIL = "glass_mail"
"""The kind of the job that tells an admin."""
LONGEST = 60
"""Minutes."""
SHORTEST_REASON, LONGEST_REASON = 10, 300
_GRAVE = "Emergency access shows everything of this patient. Type your password or a code first."


class Broken(msgspec.Struct, frozen=True):
    """What the mail's job remembers: to whom, by whom and when; never about whom."""

    to: UUID
    by: UUID
    at: datetime


async def break_for(patient_id: UUID, reason: str, minutes: int, *, by: access.Staff) -> models.BreakGlass:
    """Read all of a patient in this session from now on, for so many minutes. Again while it lasts is the same one.

    :raises Refusal: `unknown`, `prove_again`, `wrong_length`, `reason_needed`, `too_long`, `hidden_characters`
    """
    patient = await access.patient(by, patient_id)
    await step_up.must_be_just_now(by, _GRAVE)
    said = _reason(reason)
    if not 1 <= minutes <= LONGEST:
        raise Refusal(Kind.INVALID, "wrong_length", f"Choose a time from 1 to {LONGEST} minutes.")
    async with transaction():
        # Of two presses the second finds the first.
        await models.User.select_for_update(no_key=True).get(id=by.user)
        now = clock.now()
        theirs = models.BreakGlass.filter(session_id=by.session, patient_id=patient.id, ended_at=None, ends_at__gt=now)
        if there := await theirs.first():
            return there
        row = models.BreakGlass(id=tokens.new_id(), organization_id=by.organization, user_id=by.user, created_at=now)
        row.session_id, row.patient_id, row.ends_at = by.session, patient.id, now + timedelta(minutes=minutes)
        row.reason_sealed = (await keys.of(by.organization)).seal("break_glass", "reason", row.id, said)
        await row.save(force_create=True)
        await _enter(Did.GLASS_BROKEN, row, {"minutes": minutes})
        admins = models.User.filter(organization_id=by.organization, role=models.Role.ADMIN, active=True)
        told = [jobs.new(MAIL, row.id, at=now, data=Broken(each.id, by.user, now)) for each in await admins]
        await jobs.begin_all(told)
        return row


async def end(glass_id: UUID, *, by: access.Staff) -> None:
    """End it before its time: who broke it does, or an admin. What is over stays as it was.

    :raises Refusal: `unknown`
    """
    async with transaction():
        chosen = models.BreakGlass.filter(id=glass_id, organization_id=by.organization)
        row = await chosen.select_for_update(no_key=True).first()
        if row is None or (row.user_id != by.user and by.role is not models.Role.ADMIN):
            raise errors.unknown()
        now = clock.now()
        if row.ended_at is None and row.ends_at > now:
            row.ended_at, row.ended_by_id = now, by.user
            await row.save(update_fields=["ended_at", "ended_by_id"])
            await _enter(Did.GLASS_ENDED, row, {})


def _reason(text: str) -> str:
    said = words.remark(text, most=LONGEST_REASON)
    if len(said) < SHORTEST_REASON:
        sentence = "Say in a few words why you must read this now. The administrators of your clinic will see it."
        raise Refusal(Kind.INVALID, "reason_needed", sentence)
    return said


async def _enter(did: Did, row: models.BreakGlass, data: dict[str, object]) -> None:
    await audit.enter(
        did, organization=row.organization_id, about=row.id, patient=row.patient_id, data={"glass": row.id, **data}
    )
