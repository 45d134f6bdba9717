"""What a patient's page may say of their clinic, and in which language it speaks to them."""

from uuid import UUID

import msgspec

from server import models, people


class Clinic(msgspec.Struct, frozen=True):
    """The clinic as a patient knows it. `phone` is as people write it, `dial` what a phone dials."""

    name: str
    phone: str
    dial: str
    zone: str
    language: str


async def of(patient: UUID) -> Clinic:
    """The clinic of a patient. In private mode its name says nothing about what is treated there."""
    row = await models.Patient.get(id=patient).select_related("organization")
    organization = row.organization
    return Clinic(
        name=organization.neutral_name if organization.private_mode else organization.name,
        phone=_display(organization.phone),
        dial="".join(char for char in organization.phone if char.isdigit() or char == "+"),
        zone=organization.zone,
        language=row.language,
    )


def _display(phone: str) -> str:
    return people.phone_display(phone) if phone.startswith("+") else phone
