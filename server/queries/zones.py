"""Which clock a patient lives by."""

from zoneinfo import ZoneInfo

from server import models, people
from server.queries import people as who
from server.vault import Keyring


def of(ring: Keyring, patient: models.Patient, organization: models.Organization) -> ZoneInfo:
    """The patient's zone: what is on file, else what their area code suggests, else the clinic's."""
    phone = who.opened(ring, patient, "phone")
    guessed = people.zone_of(phone) if phone else None
    return ZoneInfo(patient.zone or guessed or organization.zone)
