"""The list of the directory: everybody whom a clinic cares for, in pages.

Patients are the whole clinic's, their conversations a team's. So in *recent* each person finds those first with whom
their own teams had to do; what happens in other teams moves nobody, and whoever has no conversation that they may read
stands where the entry was made.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from server import keys, models, people
from server.access import Staff
from server.db import sql
from server.queries import cursors, names, sight
from server.queries import directory_views as shapes
from server.queries import people as who
from server.vault import Keyring

PAGE = 50


class _Recent(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID


class _ByName(msgspec.Struct, array_like=True):
    position: int
    id: UUID


HERE = 'AND NOT EXISTS (SELECT 1 FROM "patient" p WHERE p.id = c.patient_id AND p.archived_at IS NOT NULL)'
"""No conversation stays with an entry that was merged into another one, so none leads to it."""

Place = TypeVar("Place", _Recent, _ByName)


async def page(
    staff: Staff, sort: shapes.SortName, after: str | None, *, archived: bool = False, tag: UUID | None = None
) -> shapes.Listing:
    """One page of the directory of this person's clinic; `after` is the `next` of the page before.

    The `archived` are in a list of their own, the newest entry first in whatever order. With a `tag`, only who has it.
    Six queries, once the clinic's names are opened.

    :raises Refusal: `wrong_shape` for a cursor that is none
    """
    if sort == "name" and not archived:
        ids, following = await _by_name(staff, after, await _having(staff, tag) if tag else None)
    elif tag:
        ids, following = await _tagged(staff, tag, after, archived=archived)
    else:
        ids, following = await (_archived(staff, after) if archived else _recent(staff, after))
    theirs = models.Patient.filter(
        organization_id=staff.organization, archived_at__isnull=not archived, merged_into_id=None
    )
    theirs = theirs.filter(tags__tag_id=tag) if tag else theirs
    total = None if after else await theirs.count()
    return shapes.Listing(sort=sort, patients=await _listed(staff, ids), next=following, total=total)


async def _by_name(staff: Staff, after: str | None, among: set[UUID] | None) -> tuple[list[UUID], str | None]:
    cursor = _read(after, _ByName)
    known = await names.of(staff.organization)
    found = known.after((cursor.position, cursor.id) if cursor else None, PAGE + 1, among=among)
    is_last = len(found) <= PAGE
    return found[:PAGE], None if is_last else cursors.written(_ByName(known.position(found[PAGE - 1]), found[PAGE - 1]))


async def _recent(staff: Staff, after: str | None) -> tuple[list[UUID], str | None]:
    cursor, teams = _read(after, _Recent), sorted(staff.reads)
    met = await _met(staff, cursor) if teams else []
    # Whoever was added before the last of these comes on a later page.
    since = met[-1] if len(met) > PAGE else None
    found = sorted(
        [*met, *await _unmet(staff, teams, cursor, since)], key=lambda each: (each.at, each.id), reverse=True
    )
    return [each.id for each in found[:PAGE]], cursors.written(found[PAGE - 1]) if len(found) > PAGE else None


async def _archived(staff: Staff, after: str | None) -> tuple[list[UUID], str | None]:
    found = await _unmet(staff, [], _read(after, _Recent), archived=True)
    return [each.id for each in found[:PAGE]], cursors.written(found[PAGE - 1]) if len(found) > PAGE else None


async def _having(staff: Staff, tag: UUID) -> set[UUID]:
    theirs = models.PatientTag.filter(tag_id=tag, patient__organization_id=staff.organization)
    return {patient for (patient,) in await theirs.values_list("patient_id")}


async def _tagged(staff: Staff, tag: UUID, after: str | None, *, archived: bool) -> tuple[list[UUID], str | None]:
    """Those with a tag, in the same order. They are few beside the clinic, so all of them are put in order."""
    cursor, teams = _read(after, _Recent), [] if archived else sorted(staff.reads)
    theirs, asked = sight.where(staff, teams) if teams else ("", [])
    newest = f'SELECT MAX(c.updated_at) FROM "conversation" c WHERE c.patient_id = p.id AND {theirs}'  # noqa: S608 - our own words and marks
    at = f"COALESCE(({newest}), p.created_at)" if teams else "p.created_at"
    inside = (
        f'SELECT p.id AS id, {at} AS at FROM "patient_tag" t JOIN "patient" p ON p.id = t.patient_id '  # noqa: S608 - the same
        "WHERE t.tag_id = ? AND p.organization_id = ? AND p.merged_into_id IS NULL "
        f"AND p.archived_at IS {'NOT ' if archived else ''}NULL"
    )
    further = "WHERE (x.at, x.id) < (?, ?)" if cursor else ""
    values = [
        *asked,
        tag,
        staff.organization,
        *([sql.as_time(cursor.at), cursor.id] if cursor else []),
    ]
    order = f"ORDER BY x.at DESC, x.id DESC LIMIT {PAGE + 1}"
    found = _places(await sql.fetch(f"SELECT x.id, x.at FROM ({inside}) x {further} {order}", values))  # noqa: S608 - the same
    return [each.id for each in found[:PAGE]], cursors.written(found[PAGE - 1]) if len(found) > PAGE else None


async def _met(staff: Staff, cursor: _Recent | None) -> list[_Recent]:
    """Those with whom their teams have written, each where the newest of their conversations stands."""
    (others, asked), (seen, opens) = sight.where(staff, name="n"), sight.but_hidden(staff)
    newer = (
        f'SELECT 1 FROM "conversation" n WHERE n.patient_id = c.patient_id AND {others} '  # noqa: S608 - our own words and marks
        "AND (n.updated_at, n.id) > (c.updated_at, c.id)"
    )
    before = "AND (c.updated_at, c.patient_id) < (?, ?)" if cursor else ""
    # A piece for each end of the index on team, open and time: none of them reads more than a page.
    piece = (
        'SELECT * FROM (SELECT c.patient_id AS id, c.updated_at AS at FROM "conversation" c '  # noqa: S608 - our own words and marks
        f"WHERE c.team_id = ? AND {seen} AND c.is_open = ? {before} AND NOT EXISTS ({newer}) {HERE} "
        f"ORDER BY c.updated_at DESC, c.patient_id DESC LIMIT {PAGE + 1}) x"
    )
    pieces = [(team, is_open) for team in sorted(staff.reads) for is_open in (True, False)]
    further = [sql.as_time(cursor.at), cursor.id] if cursor else []
    values = [value for team, is_open in pieces for value in (team, *opens, is_open, *further, *asked)]
    union = " UNION ALL ".join([piece] * len(pieces))
    return _places(await sql.fetch(f"{union} ORDER BY at DESC, id DESC LIMIT {PAGE + 1}", values))


async def _unmet(
    staff: Staff, teams: Sequence[UUID], cursor: _Recent | None, since: _Recent | None = None, *, archived: bool = False
) -> list[_Recent]:
    """Those with whom they have not, by when they were added."""
    where = "p.organization_id = ? AND p.merged_into_id IS NULL"
    theirs, asked = sight.where(staff, teams)
    values: list[object] = [staff.organization, *asked]
    where += " AND p.archived_at IS NOT NULL" if archived else " AND p.archived_at IS NULL"
    mark = f'SELECT 1 FROM "conversation" c WHERE c.patient_id = p.id AND {theirs}'  # noqa: S608 - our own words and marks
    further = ""
    for place, sign in ((cursor, "<"), (since, ">")):
        if place:
            further += f" AND (p.created_at, p.id) {sign} (?, ?)"
            values += [sql.as_time(place.at), place.id]
    return _places(
        await sql.fetch(
            f'SELECT p.id AS id, p.created_at AS at FROM "patient" p WHERE {where} AND NOT EXISTS ({mark}){further} '  # noqa: S608 - our own words and marks
            f"ORDER BY p.created_at DESC, p.id DESC LIMIT {PAGE + 1}",
            values,
        )
    )


def _places(rows: Sequence[dict[str, object]]) -> list[_Recent]:
    return [_Recent(at, sql.as_id(row["id"])) for row in rows if (at := sql.from_time(row["at"]))]


async def _listed(staff: Staff, ids: Sequence[UUID]) -> list[shapes.Listed]:
    ring = await keys.of(staff.organization)
    found = {patient.id: patient for patient in await models.Patient.filter(id__in=ids)} if ids else {}
    lately = await _lately(staff, ids)
    return [_row(ring, found[each], lately.get(each)) for each in ids if each in found]


async def _lately(staff: Staff, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When something last happened with each of them in their teams."""
    if not staff.reads or not ids:
        return {}
    theirs, asked = sight.where(staff)
    rows = await sql.fetch(
        'SELECT c.patient_id AS id, MAX(c.updated_at) AS at FROM "conversation" c '  # noqa: S608 - our own words and marks
        f"WHERE {theirs} AND c.patient_id IN ({sql.marks(ids)}) GROUP BY c.patient_id",
        [*asked, *ids],
    )
    return {place.id: place.at for place in _places(rows)}


def _row(ring: Keyring, patient: models.Patient, last_at: datetime | None) -> shapes.Listed:
    text = {
        field: who.opened(ring, patient, field) for field in ("first_name", "last_name", "birth_date", "mrn", "phone")
    }
    name = who.name_of(ring, patient)
    return shapes.Listed(
        id=patient.id,
        rev=patient.rev,
        name=name,
        first_name=text["first_name"],
        last_name=text["last_name"],
        initials=people.initials(name),
        born=int(text["birth_date"][:4]) if text["birth_date"] else None,
        phone_end=text["phone"][-2:] or None,
        has_email=patient.email_sealed is not None,
        mrn=text["mrn"] or None,
        language=patient.language,
        incomplete=patient.incomplete,
        archived=patient.archived_at is not None,
        deceased=patient.deceased_at is not None,
        last_at=last_at,
    )


def _read(text: str | None, kind: type[Place]) -> Place | None:
    sentence = "That page of the list is not there. Start again from its beginning."
    return None if text is None else cursors.read(text, kind, otherwise=sentence)
