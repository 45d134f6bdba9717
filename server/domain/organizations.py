"""Clinics: made with their keys and their Stream."""

from datetime import datetime

from server import audit, clock, keys, models, people, tokens
from server.audit import Did
from server.db import transaction
from server.domain import streams


async def create(
    name: str, *, phone: str, zone: str = "America/Chicago", plan: models.Plan, plan_ends_at: datetime | None = None
) -> models.Organization:
    """Add a clinic. Its name and phone are public: they stand in every notice.

    :raises Refusal: `hidden_characters`, `too_long`
    """
    async with transaction():
        organization = await models.Organization.create(
            id=tokens.new_id(),
            name=people.clean_name(name, field="name"),
            phone=phone,
            zone=zone,
            plan=plan,
            plan_ends_at=plan_ends_at,
            created_at=clock.now(),
        )
        await keys.make_for(organization.id)
        await streams.begin(organization.id, organization.id, models.StreamOf.ORGANIZATION)
        await audit.enter(Did.ORGANIZATION_CREATED, organization=organization.id, about=organization.id)
        return organization
