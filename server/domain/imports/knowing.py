"""Loading whom we know among those whom some rows may be about: two questions, however many rows."""

from collections.abc import Sequence
from uuid import UUID

from server import keys, models
from server.db import snapshot, sql
from server.domain.imports.judging import Entry, Known, called_of
from server.importing import Person
from server.queries import people as who
from server.vault import Keyring

LEAST_LETTERS, MOST_LETTERS = 2, 12
"""Of a word that patients are found by (`people.beginnings`)."""
_SOME = """
SELECT "id", NULL AS day, NULL AS word FROM "patient" WHERE "organization_id" = ? AND "mrn_index" {mrn}
UNION ALL SELECT "id", NULL, NULL FROM "patient" WHERE "phone_index" {phone}
UNION ALL SELECT "id", NULL, NULL FROM "patient" WHERE "email_index" {email}
UNION ALL SELECT a."patient_id", a."token", b."token" FROM "name_token" a
JOIN "name_token" b ON b."patient_id" = a."patient_id" AND b."token" {word}
WHERE a."organization_id" = ? AND a."token" {day}
"""
"""In each part only what one index holds: with the clinic beside a phone, whose patients it has not counted yet,
PostgreSQL reads the whole clinic. Of a date of birth alone there may be thousands: programs write 1900-01-01 where they
know none.
"""
_INDEXED = ("mrn", "phone", "email")


async def load(organization: UUID, people: Sequence[Person], *, over: dict[UUID, Person] | None = None) -> Known:
    """The patients who have an MRN, a phone or an address of these people, or both the date of birth and the longest
    word of the name of one of them.

    `over` says what some of them would be by now.
    """
    ring = await keys.of(organization)
    known = Known()
    for patient in await _found(ring, people):
        person = (over or {}).get(patient.id) or person_of(ring, patient)
        known.add(Entry(person, patient))
    return known


async def _found(ring: Keyring, people: Sequence[Person]) -> list[models.Patient]:
    wanted = {
        field: {ring.blind(field, said) for each in people if (said := getattr(each, field))} for field in _INDEXED
    }
    born = {(ring.blind("birth_date", each.date_of_birth), word) for each in people if (word := _word(ring, each))}
    wanted |= {"day": {day for day, _ in born}, "word": {word for _, word in born}}
    asked = {name: sql.among(values) for name, values in wanted.items()}
    mrn, phone, email, day, word = (value for _, value in asked.values())
    async with snapshot():
        await sql.by_index()
        words = _SOME.format(**{name: text for name, (text, _) in asked.items()})
        rows = await sql.fetch(words, [ring.organization, mrn, phone, email, word, ring.organization, day])
        ids = {sql.as_id(row["id"]) for row in rows if row["day"] is None or (row["day"], row["word"]) in born}
        theirs = models.Patient.filter(id__in=list(ids), organization_id=ring.organization)
        return await theirs.order_by("id") if ids else []


def _word(ring: Keyring, person: Person) -> str:
    """The longest word of a name as patients are found by it; empty where it has none, or no date of birth."""
    longest = max(called_of(person).split(), key=len, default="")[:MOST_LETTERS]
    return ring.blind("name", longest) if person.date_of_birth and len(longest) >= LEAST_LETTERS else ""


def person_of(ring: Keyring, patient: models.Patient) -> Person:
    """What is on file of a patient."""
    text = {field: who.opened(ring, patient, field) for field in who.SEALED}
    return Person(
        phone=text["phone"],
        mrn=text["mrn"],
        first_name=text["first_name"],
        last_name=text["last_name"],
        date_of_birth=text["birth_date"],
        email=text["email"],
    )
