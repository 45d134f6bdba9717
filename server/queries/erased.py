"""Clinics whose keys were destroyed: nothing of theirs is read or kept any more."""

from uuid import UUID

from server import models


async def is_one(organization: UUID) -> bool:
    """Whether this clinic is erased."""
    return await models.Organization.filter(id=organization, erased_at__isnull=False).exists()


async def has_number(e164: str) -> bool:
    """Whether this number was last that of an erased clinic."""
    return await models.PhoneNumber.filter(e164=e164, organization__erased_at__isnull=False).exists()
