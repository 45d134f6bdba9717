"""Looking at the directory is on record too (B86)."""

from uuid import UUID

from server import access, audit, models
from server.audit import Did


async def note_patient(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """A person opened a directory entry.

    :raises Refusal: `unknown`
    """
    patient = await access.patient(by, patient_id)
    await audit.enter(Did.PATIENT_READ, organization=by.organization, about=patient.id, patient=patient.id)
    return patient


async def note_search(found: int, *, by: access.Staff) -> None:
    """A person searched the directory; what they typed is not kept."""
    await audit.enter(Did.PATIENTS_SEARCHED, organization=by.organization, data={"found": found})
