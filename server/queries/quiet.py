"""The hours in which nothing goes out by itself."""

from server import models


def of(patient: models.Patient, organization: models.Organization) -> tuple[int, int]:
    """When they begin and end: the patient's own where they chose any, else the clinic's (hours of their day)."""
    if patient.quiet_from is None or patient.quiet_until is None:
        return organization.quiet_from, organization.quiet_until
    return patient.quiet_from, patient.quiet_until
