"""Two directory entries that may be one person."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server import access, errors
from server.domain import lookups
from server.domain import merges as verbs
from server.queries import directory, duplicates, merge_views, views
from server.queries.hours import MANAGERS
from web.api import shapes
from web.api.registry import api

Revision = Annotated[int, msgspec.Meta(ge=0, le=2_147_483_647)]
Field = Literal["first_name", "last_name", "date_of_birth", "mrn", "phone", "email", "language", "prefers", "zone"]


class Other(shapes.Asked, frozen=True):
    """The entry to compare with."""

    other: UUID


class Merging(shapes.Asked, frozen=True):
    """The entry that goes into this one, which details come from it, and both revisions as they were looked at."""

    other: UUID
    take: Annotated[list[Field], msgspec.Meta(max_length=9)]
    rev: Revision
    other_rev: Revision


class DoneMerge(msgspec.Struct, frozen=True):
    """The entry as it is now, and the merge by which that can be undone."""

    merge: UUID
    patient: views.Patient


@api.get("/duplicates", answers={200: merge_views.Pairs}, refuses=("not_allowed",))
async def list_duplicates(staff: access.Staff) -> merge_views.Pairs:
    """Pairs of entries of my clinic that may be one person; 25 at most. On record, like a search."""
    if staff.role not in MANAGERS:
        sentence = "A supervisor or an administrator looks through possible duplicates."
        raise errors.Refusal(errors.Kind.FORBIDDEN, "not_allowed", sentence)
    found = await duplicates.listed(staff)
    await lookups.note_search([each.id for pair in found.pairs for each in (pair.one, pair.other)], by=staff)
    return found


@api.get("/patients/{patient}/duplicates", answers={200: merge_views.SamePerson}, refuses=("unknown",))
async def list_duplicates_of(staff: access.Staff, patient: UUID) -> merge_views.SamePerson:
    """Who may be the same person as a patient, and what was merged into them. On record, once for one look."""
    return await duplicates.of(staff, await lookups.note_duplicates(patient, by=staff))


@api.get("/patients/{patient}/merge", answers={200: merge_views.MergeAhead}, refuses=("unknown", "same_patient"))
async def show_merge(staff: access.Staff, patient: UUID, query: Other) -> merge_views.MergeAhead:
    """Both entries, and what would go along if the other one went into this one. On record for both."""
    kept, merged = [await lookups.note_patient(each, by=staff) for each in (patient, query.other)]
    if kept.id == merged.id:
        raise verbs.same_patient()
    return await duplicates.ahead(staff, kept, merged)


@api.post(
    "/patients/{patient}/merge",
    answers={200: DoneMerge},
    refuses=("unknown", "not_allowed", "same_patient", "moved_on", "deceased_differs"),
)
async def merge_patient(staff: access.Staff, patient: UUID, body: Merging) -> DoneMerge:
    """Let the other entry go into this one."""
    made = await verbs.merge(patient, body.other, body.take, revs=(body.rev, body.other_rev), by=staff)
    return DoneMerge(made.id, await directory.card(staff, await access.patient(staff, patient)))


@api.post(
    "/merges/{merge}/undo",
    answers={200: views.Patient},
    refuses=("unknown", "not_allowed", "too_late", "merged_since", "on_hold", "mrn_taken"),
)
async def undo_merge(staff: access.Staff, merge: UUID, body: shapes.Nothing) -> views.Patient:
    """Make two entries of one again; the one that was kept."""
    undone = await verbs.undo(merge, by=staff)
    return await directory.card(staff, await access.patient(staff, undone.kept_id))


@api.post("/patients/{patient}/apart", answers={204: None}, refuses=("unknown", "not_allowed", "same_patient"))
async def tell_apart(staff: access.Staff, patient: UUID, body: Other) -> None:
    """They are two people; nobody is asked again."""
    await verbs.tell_apart(patient, body.other, by=staff)
