"""Tags: the clinic's set, and those of a conversation."""

from uuid import UUID

from server import access
from server.domain import tags
from server.models import Colour
from server.queries import inbox, tag_views, views
from server.queries import tags as found
from web.api import shapes
from web.api.registry import api


@api.post(
    "/tags",
    answers={201: tag_views.Tag},
    refuses=("not_allowed", "empty", "too_long", "hidden_characters", "name_taken", "too_many_tags"),
)
async def create_tag(staff: access.Staff, body: shapes.NewTag) -> tuple[int, tag_views.Tag]:
    """Add a tag to my clinic's set."""
    return 201, await found.shown(await tags.create(body.name, Colour(body.colour), by=staff))


@api.delete("/tags/{tag}", answers={204: None}, refuses=("unknown", "not_allowed"))
async def retire_tag(staff: access.Staff, tag: UUID) -> None:
    """Put it on nothing more."""
    await tags.retire(tag, by=staff)


@api.put(
    "/conversations/{conversation}/tags/{tag}",
    answers={200: views.Row},
    refuses=("unknown", "not_allowed", "too_many_tags"),
)
async def put_tag_on(staff: access.Staff, conversation: UUID, tag: UUID, body: shapes.Nothing) -> views.Row:
    """Put a tag on a conversation."""
    await tags.put_on(conversation, tag, by=staff)
    return (await inbox.rows([conversation]))[conversation]


@api.delete("/conversations/{conversation}/tags/{tag}", answers={200: views.Row}, refuses=("unknown", "not_allowed"))
async def take_tag_off(staff: access.Staff, conversation: UUID, tag: UUID) -> views.Row:
    """Take a tag off a conversation."""
    await tags.take_off(conversation, tag, by=staff)
    return (await inbox.rows([conversation]))[conversation]
