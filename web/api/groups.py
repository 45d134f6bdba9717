"""Groups of patients, to whom a clinic writes at once."""

from uuid import UUID

import msgspec

from server import access
from server.domain import groups as verbs
from server.domain import lookups
from server.queries import group_views, groups
from web.api import shapes
from web.api.registry import api

_NAME = ("not_allowed", "empty", "too_long", "hidden_characters", "name_taken")


class Groups(msgspec.Struct, frozen=True):
    """By name."""

    groups: list[group_views.Group]


class GroupsOfPatient(msgspec.Struct, frozen=True):
    """By name."""

    groups: list[group_views.GroupRef]


class Named(shapes.Asked, frozen=True):
    """What a group is to be called."""

    name: shapes.Short


class AfterMember(shapes.Asked, frozen=True):
    """The `next` of the page before."""

    after: UUID | None = None


@api.get("/groups", answers={200: Groups})
async def list_groups(staff: access.Staff) -> Groups:
    """The groups of my clinic with how many are in them."""
    return Groups(await groups.of_clinic(staff.organization))


@api.post("/groups", answers={201: group_views.Group}, refuses=(*_NAME, "too_many_groups"))
async def create_group(staff: access.Staff, body: Named) -> tuple[int, group_views.Group]:
    """Make a group with nobody in it."""
    return 201, await groups.shown(await verbs.create(body.name, by=staff))


@api.patch("/groups/{group}", answers={200: group_views.Group}, refuses=("unknown", *_NAME))
async def rename_group(staff: access.Staff, group: UUID, body: Named) -> group_views.Group:
    """Give it another name."""
    return await groups.shown(await verbs.rename(group, body.name, by=staff))


@api.delete("/groups/{group}", answers={204: None}, refuses=("unknown", "not_allowed"))
async def delete_group(staff: access.Staff, group: UUID) -> None:
    """Take it out of use; it can come back."""
    await verbs.delete(group, by=staff)


@api.post(
    "/groups/{group}/restore",
    answers={200: group_views.Group},
    refuses=("unknown", "not_allowed", "name_taken", "too_many_groups"),
)
async def restore_group(staff: access.Staff, group: UUID, body: shapes.Nothing) -> group_views.Group:
    """Bring a deleted one back with who was in it."""
    return await groups.shown(await verbs.restore(group, by=staff))


@api.get("/groups/{group}/members", answers={200: group_views.GroupPage}, refuses=("unknown",))
async def list_group_members(staff: access.Staff, group: UUID, query: AfterMember) -> group_views.GroupPage:
    """Fifty of those in it, who came last first. On record, like a search."""
    page = await groups.page(staff, group, after=query.after)
    await lookups.note_group(group, [member.patient.id for member in page.members], by=staff)
    return page


@api.post("/groups/{group}/members", answers={200: group_views.Group}, refuses=("unknown", "not_allowed", "group_full"))
async def add_to_group(staff: access.Staff, group: UUID, body: shapes.Chosen) -> group_views.Group:
    """Put patients in: all of these, or none."""
    return await groups.shown(await verbs.add(group, body.patients, by=staff))


@api.post("/groups/{group}/members/remove", answers={200: group_views.Group}, refuses=("unknown", "not_allowed"))
async def remove_from_group(staff: access.Staff, group: UUID, body: shapes.Chosen) -> group_views.Group:
    """Take patients out."""
    return await groups.shown(await verbs.remove(group, body.patients, by=staff))


@api.get("/patients/{patient}/groups", answers={200: GroupsOfPatient}, refuses=("unknown",))
async def list_groups_of_patient(staff: access.Staff, patient: UUID) -> GroupsOfPatient:
    """The groups that a patient is in. On record, once for one look."""
    await lookups.note_groups_of(patient, by=staff)
    return GroupsOfPatient(await groups.of_patient(staff, patient))
