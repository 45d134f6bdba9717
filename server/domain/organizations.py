"""Clinics: made with their keys and their Stream."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from server import audit, clock, errors, keys, models, people, tokens
from server.audit import Did
from server.db import transaction
from server.domain import streams
from server.errors import Kind, Refusal

LONGEST_ADDRESS = 200


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


async def set_website(organization: UUID, address: str | None) -> None:
    """Say where *Leave this page* leads from the patient's pages: the clinic's public page. Without one, nowhere.

    :raises Refusal: `not_a_website`, `unknown`
    """
    if address is not None and not _is_website(address):
        sentence = f"Write the whole address, beginning with https://, in at most {LONGEST_ADDRESS} characters."
        raise Refusal(Kind.INVALID, "not_a_website", sentence)
    async with transaction():
        if not await models.Organization.filter(id=organization).update(website=address):
            raise errors.unknown()
        await audit.enter(Did.WEBSITE_SET, organization=organization, about=organization)


def _is_website(address: str) -> bool:
    """An https address of another host than a bare name, without blanks, user names and hidden characters."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        has_good_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc and has_good_port
