"""The tags of a clinic, and those of conversations."""

from collections.abc import Collection
from uuid import UUID

from server import keys, models
from server.queries import tag_views


async def shown(tag: models.Tag) -> tag_views.Tag:
    """One tag, as staff see it."""
    ring = await keys.of(tag.organization_id)
    return tag_views.Tag(id=tag.id, name=ring.open("tag", "name", tag.id, tag.name_sealed), colour=tag.colour.value)


async def of_clinic(organization: UUID) -> list[tag_views.Tag]:
    """The tags that can be put on, by name."""
    found = await models.Tag.filter(organization_id=organization, retired_at=None)
    return _by_name([await shown(tag) for tag in found])


async def on(conversations: Collection[UUID]) -> dict[UUID, list[tag_views.Tag]]:
    """The tags of each of these conversations, by name; what has none is absent. One query."""
    rows = await models.Tagging.filter(conversation_id__in=list(conversations)).select_related("tag")
    found: dict[UUID, list[tag_views.Tag]] = {}
    for row in rows:
        found.setdefault(row.conversation_id, []).append(await shown(row.tag))
    return {conversation: _by_name(tags) for conversation, tags in found.items()}


def _by_name(tags: list[tag_views.Tag]) -> list[tag_views.Tag]:
    return sorted(tags, key=lambda tag: (tag.name.casefold(), tag.id))
