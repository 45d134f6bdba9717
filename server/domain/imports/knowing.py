"""Loading whom we know among those whom some rows may be about: three questions, however many rows."""

from collections.abc import Sequence
from uuid import UUID

from server import keys, models
from server.db import snapshot, sql
from server.domain.imports.judging import Entry, Known, called_of, reached_by
from server.importing import Further, Person
from server.queries import own_contacts
from server.queries import people as who
from server.vault import Keyring

LEAST_LETTERS, MOST_LETTERS = 2, 12
"""Of a word that patients are found by (`people.beginnings`)."""
_SOME = """
SELECT "id" FROM "patient" WHERE "organization_id" = ? AND "mrn_index" {mrn}
UNION SELECT "id" FROM "patient" WHERE "phone_index" {phone}
UNION SELECT "id" FROM "patient" WHERE "email_index" {email}
UNION SELECT "patient_id" FROM "patient_contact" WHERE "organization_id" = ? AND "index" {further}
UNION SELECT b."patient_id" FROM {born} wanted {day} {word}
"""
"""In each part only what one index holds: with the clinic beside a phone, whose patients it has not counted yet,
PostgreSQL reads the whole clinic. Of a date of birth alone there may be thousands: programs write 1900-01-01 where they
know none.
"""
_DAY = 'a."organization_id" = ? AND a."token" = wanted.day'
_WORD = 'b."patient_id" = a."patient_id" AND b."token" = wanted.word'


async def load(organization: UUID, people: Sequence[Person], *, over: dict[UUID, Person] | None = None) -> Known:
    """The patients who have an MRN, a phone or an address of these people, preferred or not, or both the date of birth
    and the longest word of the name of one of them.

    `over` says what some of them would be by now.
    """
    ring = await keys.of(organization)
    known = Known()
    async with snapshot():
        found = await _found(ring, people)
        rows = await _rows(found)
    for patient in found:
        person = (over or {}).get(patient.id) or person_of(ring, patient, rows.get(patient.id, ()))
        known.add(Entry(person, patient))
    return known


async def _found(ring: Keyring, people: Sequence[Person]) -> list[models.Patient]:
    parts = {"day": sql.each("name_token", "a", _DAY), "word": sql.each("name_token", "b", _WORD)}
    wanted: dict[str, set[str]] = {"mrn": {ring.blind("mrn", each.mrn) for each in people if each.mrn}}
    wanted |= {"phone": set(), "email": set()}
    for kind, value in {key for each in people for key in reached_by(each)}:
        wanted[kind].add(ring.blind(kind, value))
    asked: list[sql.Value] = [ring.organization]
    for field, indexes in wanted.items():
        parts[field], values = sql.among(indexes)
        asked.append(values)
    parts["further"], values = sql.among(wanted["phone"] | wanted["email"])
    asked += [ring.organization, values]
    born = {(ring.blind("birth_date", each.date_of_birth), word) for each in people if (word := _word(ring, each))}
    parts["born"], lists = sql.pairs("day", "word", born)
    await sql.by_index()
    rows = await sql.fetch(_SOME.format(**parts), [*asked, *lists, ring.organization])
    ids = [sql.as_id(row["id"]) for row in rows]
    theirs = models.Patient.filter(id__in=ids, organization_id=ring.organization, merged_into_id=None)
    return await theirs.order_by("id") if ids else []


async def _rows(found: Sequence[models.Patient]) -> dict[UUID, list[models.PatientContact]]:
    rows: dict[UUID, list[models.PatientContact]] = {}
    ids = [patient.id for patient in found if patient.more_contacts]
    chosen = models.PatientContact.filter(patient_id__in=ids).order_by("created_at", "id")
    for row in await chosen if ids else ():
        rows.setdefault(row.patient_id, []).append(row)
    return rows


def _word(ring: Keyring, person: Person) -> str:
    """The longest word of a name as patients are found by it; empty where it has none, or no date of birth."""
    longest = max(called_of(person).split(), key=len, default="")[:MOST_LETTERS]
    return ring.blind("name", longest) if person.date_of_birth and len(longest) >= LEAST_LETTERS else ""


def person_of(ring: Keyring, patient: models.Patient, rows: Sequence[models.PatientContact] = ()) -> Person:
    """What is on file of a patient; `rows` are those about their contacts."""
    text = {field: who.opened(ring, patient, field) for field in who.SEALED}
    return Person(
        phone=text["phone"],
        mrn=text["mrn"],
        first_name=text["first_name"],
        last_name=text["last_name"],
        date_of_birth=text["birth_date"],
        email=text["email"],
        further=tuple(_further(ring, row) for row in rows),
    )


def _further(ring: Keyring, row: models.PatientContact) -> Further:
    is_phone = row.kind is models.ContactKind.PHONE
    label, owner = row.label.value if row.label else "", row.owner.value if row.owner else ""
    return Further("phone" if is_phone else "email", own_contacts.value_of(ring, row), label, owner=owner)
