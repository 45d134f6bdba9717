"""What a patient's page may say of their clinic, and in which language it speaks to them."""

from uuid import UUID

import msgspec

from server import models, people


class Clinic(msgspec.Struct, frozen=True):
    """The clinic as a patient knows it. `phone` is as people write it, `dial` what a phone dials.

    `website` is where *Leave this page* goes; it has none where the name must not be told.
    """

    name: str
    phone: str
    dial: str
    zone: str
    language: str
    website: str | None


async def of(patient: UUID) -> Clinic:
    """The clinic of a patient. In private mode its name says nothing about what is treated there."""
    row = await models.Patient.get(id=patient).select_related("organization")
    organization = row.organization
    return Clinic(
        name=public_name(organization, row),
        phone=_display(organization.phone),
        dial="".join(char for char in organization.phone if char.isdigit() or char == "+"),
        zone=organization.zone,
        language=row.language,
        website=None if _is_hidden(organization, row) else organization.website,
    )


def public_name(organization: models.Organization, patient: models.Patient | None) -> str:
    """The name that patients are shown and sent: neutral where the own one would tell too much."""
    return organization.neutral_name if _is_hidden(organization, patient) else organization.name


def _is_hidden(organization: models.Organization, patient: models.Patient | None) -> bool:
    return organization.private_mode or (patient is not None and patient.private_mode)


def _display(phone: str) -> str:
    return people.phone_display(phone) if phone.startswith("+") else phone
