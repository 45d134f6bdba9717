"""Opening what is sealed about a patient."""

from server import keys, models, people
from server.queries import views
from server.vault import Keyring

TABLE = "patient"
SEALED = ("first_name", "last_name", "birth_date", "mrn", "phone", "email")


def opened(ring: Keyring, patient: models.Patient, field: str) -> str:
    """One sealed field of a patient, or an empty text where nothing is on file."""
    sealed: bytes | None = getattr(patient, f"{field}_sealed")
    return ring.open(TABLE, field, patient.id, sealed) if sealed else ""


def name_of(ring: Keyring, patient: models.Patient) -> str:
    """How a row calls this patient: their name, else the phone or address we know them by."""
    first, last = opened(ring, patient, "first_name"), opened(ring, patient, "last_name")
    if first or last:
        return people.full_name(first, last, otherwise="")
    number = opened(ring, patient, "phone")
    return people.phone_display(number) if number else opened(ring, patient, "email") or "Unnamed patient"


async def row_patient(patient: models.Patient) -> views.RowPatient:
    """As much of a patient as a row shows."""
    ring = await keys.of(patient.organization_id)
    name = name_of(ring, patient)
    return views.RowPatient(
        id=patient.id, rev=patient.rev, name=name, initials=people.initials(name), language=patient.language
    )
