"""Tags: the clinic's set, and those of a conversation and of patients."""

from uuid import UUID

import msgspec

from server import access
from server.domain import lookups, patient_tags, tags
from server.models import Colour
from server.queries import inbox, tag_views, views
from server.queries import tags as found
from web.api import shapes
from web.api.registry import api


class TagsOfPatient(msgspec.Struct, frozen=True):
    """By name."""

    tags: list[tag_views.Tag]


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


@api.get("/patients/{patient}/tags", answers={200: TagsOfPatient}, refuses=("unknown",))
async def list_tags_of_patient(staff: access.Staff, patient: UUID) -> TagsOfPatient:
    """The tags that a patient has. On record, once for one look."""
    await lookups.note_tags_of(patient, by=staff)
    return TagsOfPatient(await found.of_patient(staff.organization, patient))


@api.post("/tags/{tag}/patients", answers={204: None}, refuses=("unknown", "not_allowed", "too_many_tags"))
async def tag_patients(staff: access.Staff, tag: UUID, body: shapes.Chosen) -> None:
    """Put it on patients: on all of these, or on none."""
    await patient_tags.put_on(tag, body.patients, by=staff)


@api.post("/tags/{tag}/patients/remove", answers={204: None}, refuses=("unknown", "not_allowed"))
async def untag_patients(staff: access.Staff, tag: UUID, body: shapes.Chosen) -> None:
    """Take it off patients."""
    await patient_tags.take_off(tag, body.patients, by=staff)
