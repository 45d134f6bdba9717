"""Whom an audience means."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from server import clock, errors, models, people
from server.db import sql
from server.queries.broadcast_views import MOST, Filter, Match, Part
from server.vault import Keyring

AT_ONCE = 1000
Item = TypeVar("Item")
_CONTACTS = ("phone", "email")
_COLUMNS = (*_CONTACTS, "mrn")
_IN_GROUP = (
    'EXISTS (SELECT 1 FROM "group_member" m JOIN "patient_group" g ON g.id = m.group_id '
    "WHERE m.patient_id = p.id AND g.id = ? AND g.organization_id = ? AND g.current)"
)


async def patients_of(audience: Sequence[Part], *, organization: UUID, team: UUID) -> list[UUID]:
    """Everybody whom an audience means, once, in one order; one more than may be, where they are too many."""
    found: set[UUID] = set()
    for part in audience:
        if isinstance(part, Filter):
            found |= await _by_filter(part, organization, team)
        else:
            found |= await _still_there(part.patients, organization)
    return sorted(found)[: MOST + 1]


async def _by_filter(part: Filter, organization: UUID, team: UUID) -> set[UUID]:
    where = ["p.organization_id = ?", "p.archived_at IS NULL", "p.merged_into_id IS NULL"]
    values: list[object] = [organization]
    if part.group:
        where.append(_IN_GROUP)
        values += [part.group, organization]
    if part.patient_tag:
        where.append('EXISTS (SELECT 1 FROM "patient_tag" t WHERE t.patient_id = p.id AND t.tag_id = ?)')
        values.append(part.patient_tag)
    if part.language:
        where.append("p.language = ?")
        values.append(part.language)
    if part.ours or part.tag or part.days:
        there, given = _conversation(part, team)
        where.append(there)
        values += given
    statement = f'SELECT p.id FROM "patient" p WHERE {" AND ".join(where)} ORDER BY p.id LIMIT {MOST + 1}'  # noqa: S608 - our own words
    return {sql.as_id(row["id"]) for row in await sql.fetch(statement, values)}


def _conversation(part: Filter, team: UUID) -> tuple[str, list[object]]:
    # Whoever may not open a sensitive conversation must not learn from a number that there is one, nor from its tag.
    where, values = ["c.patient_id = p.id", "c.team_id = ?", "c.is_sensitive = FALSE"], list[object]([team])
    if part.days:
        where.append("c.updated_at >= ?")
        values.append(sql.as_time(clock.now() - timedelta(days=part.days)))
    if part.tag:
        where.append('EXISTS (SELECT 1 FROM "tagging" g WHERE g.conversation_id = c.id AND g.tag_id = ?)')
        values.append(part.tag)
    return f'EXISTS (SELECT 1 FROM "conversation" c WHERE {" AND ".join(where)})', values  # noqa: S608 - our own words


async def _still_there(listed: Sequence[UUID], organization: UUID) -> set[UUID]:
    """Whose entry was merged into another one since it was listed is meant by that one."""
    found: set[UUID] = set()
    for some in in_turn(listed, AT_ONCE):
        chosen = models.Patient.filter(id__in=list(some), organization_id=organization)
        found |= {into or patient for patient, into in await chosen.values_list("id", "merged_into_id")}
    return found


async def match(text: str, ring: Keyring) -> tuple[list[UUID], Match]:
    """The patients that a pasted list means: a phone, an address or an MRN in each line, and nothing else.

    Nothing is ever sent to what matches nobody, nor to who only shares a phone with somebody who is meant.
    """
    lines = dict.fromkeys(line for each in text.splitlines() if (line := each.strip(" \t,;\"'")))
    asked = {line: _indexes(ring, line) for line in lines}
    known = await _known([index for indexes in asked.values() for index in indexes], ring.organization)
    found, unknown, several = list[UUID](), list[str](), list[str]()
    for line, indexes in asked.items():
        meant = {patient for index in indexes for patient in known.get(index, ())}
        if len(meant) == 1:
            found += meant
        else:
            (several if meant else unknown).append(line)
    chosen = list(dict.fromkeys(found))
    return chosen, Match(len(chosen), unknown[:200], several[:200])


def _indexes(ring: Keyring, line: str) -> list[tuple[str, str]]:
    found = [("mrn", ring.blind("mrn", line))]
    for column, read in (("phone", people.phone), ("email", people.email)):
        try:
            found.append((column, ring.blind(column, read(line))))
        except errors.Refusal:
            continue
    return found


async def _known(indexes: Sequence[tuple[str, str]], organization: UUID) -> Mapping[tuple[str, str], set[UUID]]:
    """Who has these: an MRN, or a phone or mailbox, whether preferred or further. An entry that was merged means the
    one that it is part of.
    """
    found: dict[tuple[str, str], set[UUID]] = {}
    for column in _COLUMNS:
        for some in in_turn([index for name, index in indexes if name == column], AT_ONCE):
            chosen = models.Patient.filter(organization_id=organization, **{f"{column}_index__in": list(some)})
            rows = await chosen.values_list(f"{column}_index", "id", "merged_into_id")
            if column in _CONTACTS:
                further = models.PatientContact.filter(organization_id=organization, kind=column, index__in=list(some))
                rows += await further.values_list("index", "patient_id", "patient__merged_into_id")
            for index, patient, into in rows:
                found.setdefault((column, str(index)), set()).add(into or patient)
    return found


def in_turn(items: Sequence[Item], many: int) -> Iterator[Sequence[Item]]:
    """So many of them at a time."""
    return (items[at : at + many] for at in range(0, len(items), many))
