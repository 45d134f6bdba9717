"""What is on legal hold: nothing of it may be deleted."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from tortoise.expressions import Q, Subquery

from server import keys, models
from server.access import Staff
from server.queries import cursors, hold_views, members
from server.queries import people as who
from server.queries.audit_views import AuditPatient
from server.vault import Keyring

PAGE = 50


async def is_clinic_held(organization: UUID) -> bool:
    """Whether all there is of the clinic is held."""
    return await models.LegalHold.filter(organization_id=organization, patient_id=None, lifted_at=None).exists()


async def held_patients(organization: UUID | None = None) -> set[UUID]:
    """The clinic's patients, or those of every clinic, with a hold of their own; and the entries that theirs were
    merged into since.
    """
    held = models.LegalHold.filter(patient_id__isnull=False, lifted_at=None)
    if organization:
        held = held.filter(organization_id=organization)
    found: set[UUID] = set()
    news = {patient for (patient,) in await held.distinct().values_list("patient_id") if patient}
    while news:
        found |= news
        into = models.Patient.filter(id__in=list(news), merged_into_id__isnull=False)
        news = {each for (each,) in await into.values_list("merged_into_id") if each} - found
    return found


async def is_held(organization: UUID, patient: UUID) -> bool:
    """Whether nothing of this patient may be deleted."""
    return await is_clinic_held(organization) or patient in await held_patients(organization)


async def conversations() -> Q:
    """What names a conversation of who is held, in any clinic, for rows that have one and its clinic's id."""
    clinics = models.LegalHold.filter(patient_id=None, lifted_at=None).values("organization_id")
    theirs = models.Conversation.filter(patient_id__in=list(await held_patients())).values("id")
    return Q(organization_id__in=Subquery(clinics)) | Q(conversation_id__in=Subquery(theirs))


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID


async def of_clinic(staff: Staff, before: str | None) -> hold_views.Holds:
    """Fifty, the newest first, also those that were lifted; three queries.

    :raises Refusal: `wrong_shape` for a cursor that is none
    """
    chosen = models.LegalHold.filter(organization_id=staff.organization)
    if before is not None:
        place = cursors.read(before, _Cursor, otherwise="That page of the list is not there. Ask again.")
        chosen = chosen.filter(Q(created_at__lt=place.at) | Q(created_at=place.at, id__lt=place.id))
    rows = await chosen.order_by("-created_at", "-id").limit(PAGE + 1)
    after = cursors.written(_Cursor(rows[PAGE - 1].created_at, rows[PAGE - 1].id)) if len(rows) > PAGE else None
    return hold_views.Holds(await _shown(await keys.of(staff.organization), rows[:PAGE]), after)


async def _shown(ring: Keyring, rows: Collection[models.LegalHold]) -> list[hold_views.Hold]:
    patients = await models.Patient.in_bulk([row.patient_id for row in rows if row.patient_id], "id")
    users = await models.User.in_bulk({user for row in rows for user in (row.by_id, row.lifted_by_id) if user}, "id")
    return [
        hold_views.Hold(
            id=row.id,
            at=row.created_at,
            by=members.colleague(users[row.by_id]),
            patient=_patient(ring, patients.get(row.patient_id)) if row.patient_id else None,
            reason=ring.open("legal_hold", "reason", row.id, row.reason_sealed),
            lifted_at=row.lifted_at,
            lifted_by=members.colleague(users[row.lifted_by_id]) if row.lifted_by_id else None,
            lifted_why=_why(ring, row),
        )
        for row in rows
    ]


def _patient(ring: Keyring, patient: models.Patient | None) -> AuditPatient | None:
    return AuditPatient(patient.id, who.name_of(ring, patient)) if patient else None


def _why(ring: Keyring, row: models.LegalHold) -> str:
    sealed = row.lifted_why_sealed
    return ring.open("legal_hold", "lifted_why", row.id, sealed) if sealed else ""
