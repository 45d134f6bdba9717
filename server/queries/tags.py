"""The tags of a clinic, and those of conversations and patients."""

from uuid import UUID

from server import keys, models
from server.queries import beside, tag_views
from server.vault import Keyring


async def shown(tag: models.Tag) -> tag_views.Tag:
    """One tag, as staff see it."""
    return _tag(await keys.of(tag.organization_id), tag.id, tag.name_sealed, tag.colour)


async def of_clinic(organization: UUID) -> list[tag_views.Tag]:
    """The tags that can be put on, by name."""
    found = await models.Tag.filter(organization_id=organization, retired_at=None)
    return _by_name([await shown(tag) for tag in found])


async def of_patient(organization: UUID, patient: UUID) -> list[tag_views.Tag]:
    """The tags of a patient of this clinic, by name, retired ones too; one query."""
    found = models.Tag.filter(organization_id=organization, patients__patient_id=patient).distinct()
    return _by_name([await shown(tag) for tag in await found])


def on(ring: Keyring, stands: beside.Beside) -> list[tag_views.Tag]:
    """The tags of a conversation, by name."""
    return _by_name([_tag(ring, row.id, bytes.fromhex(row.sealed), row.colour) for row in stands.tags])


def _tag(ring: Keyring, tag: UUID, sealed: bytes, colour: models.Colour) -> tag_views.Tag:
    return tag_views.Tag(id=tag, name=ring.open("tag", "name", tag, sealed), colour=colour.value)


def _by_name(tags: list[tag_views.Tag]) -> list[tag_views.Tag]:
    return sorted(tags, key=lambda tag: (tag.name.casefold(), tag.id))
