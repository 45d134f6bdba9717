"""Looking at the directory is on record too (B86)."""

from datetime import timedelta
from uuid import UUID

from server import access, audit, models
from server.audit import Did

ONE_LOOK = timedelta(minutes=5)


async def note_patient(patient_id: UUID, *, by: access.Staff) -> models.Patient:
    """A person opened a directory entry.

    :raises Refusal: `unknown`
    """
    patient = await access.patient(by, patient_id)
    await audit.enter(Did.PATIENT_READ, organization=by.organization, about=patient.id, patient=patient.id)
    return patient


async def note_strays(*, by: access.Staff) -> None:
    """A person looked at what unknown senders wrote; the screen asks again by itself, which is the same look."""
    await audit.enter_once(Did.STRAYS_READ, within=ONE_LOOK, organization=by.organization, about=by.organization)


async def note_search(found: int, *, by: access.Staff) -> None:
    """A person searched the directory; what they typed is not kept."""
    await audit.enter(Did.PATIENTS_SEARCHED, organization=by.organization, data={"found": found})
