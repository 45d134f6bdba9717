"""How the made-up colleagues sort a conversation, and what they tell each other about it."""

from uuid import UUID

from server import access, audit, models
from server.domain import notes, tags
from server.models import Colour
from server.seed.people import TAGS, Sick


async def make_tags(*, by: access.Staff) -> dict[str, UUID]:
    """The clinic's set of tags: each one's id by its name."""
    return {name: (await tags.create(name, Colour(colour), by=by)).id for name, colour in TAGS.items()}


async def sort(conversation: UUID, sick: Sick, made: dict[str, UUID], *, by: access.Staff) -> None:
    """Put on the tags, and leave the note, which calls on whoever is named in it."""
    audit.acting.set(audit.Actor("staff", by.user))
    for name in sick.tags:
        await tags.put_on(conversation, made[name], by=by)
    if sick.note:
        users = await models.User.filter(organization_id=by.organization)
        called = [user.id for user in users if f"@{user.name}" in sick.note]
        await notes.write(conversation, key="seed-note", body=sick.note, by=by, mentions=called)
