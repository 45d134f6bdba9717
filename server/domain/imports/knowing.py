"""Loading whom we know among those whom some rows may be about: six queries, however many rows."""

from collections.abc import Collection, Sequence
from uuid import UUID

from server import keys, models
from server.db import sql
from server.domain.imports.judging import Entry, Known, called_of
from server.importing import Person
from server.queries import people as who
from server.vault import Keyring

LEAST_LETTERS, MOST_LETTERS = 2, 12
"""Of a word that patients are found by (`people.beginnings`)."""
_BOTH = """
WITH wanted(day, word) AS (VALUES {0})
SELECT DISTINCT a."patient_id" AS id FROM wanted
JOIN "name_token" a ON a."token" = wanted.day AND a."organization_id" = ?
JOIN "name_token" b ON b."patient_id" = a."patient_id" AND b."token" = wanted.word
"""
_WITH_INDEX = ("mrn", "phone", "email")


async def load(organization: UUID, people: Sequence[Person], *, over: dict[UUID, Person] | None = None) -> Known:
    """The patients who have an MRN, a phone, an address or a date of birth of these people.

    `over` says what some of them would be by now.
    """
    ring = await keys.of(organization)
    found: dict[UUID, models.Patient] = {}
    for field in _WITH_INDEX:
        wanted = {ring.blind(field, value) for each in people if (value := getattr(each, field))}
        if wanted:
            chosen = models.Patient.filter(organization_id=organization, **{f"{field}_index__in": list(wanted)})
            found.update({each.id: each for each in await chosen})
    found.update(await _born(ring, people, found))
    known = Known()
    for patient in sorted(found.values(), key=lambda each: each.id):
        person = (over or {}).get(patient.id) or person_of(ring, patient)
        known.add(Entry(person, patient))
    return known


async def _born(ring: Keyring, people: Sequence[Person], found: Collection[UUID]) -> dict[UUID, models.Patient]:
    """Those who have both the date of birth and the longest word of the name of somebody among them.

    Of a date alone there may be thousands: programs write 1900-01-01 where they know none.
    """
    pairs = {(ring.blind("birth_date", each.date_of_birth), word) for each in people if (word := _word(ring, each))}
    if not pairs:
        return {}
    values = [value for pair in sorted(pairs) for value in pair]
    rows = await sql.fetch(_BOTH.format(", ".join(["(?, ?)"] * len(pairs))), [*values, ring.organization])
    ids = {sql.as_id(row["id"]) for row in rows} - set(found)
    return {each.id: each for each in await models.Patient.filter(id__in=list(ids))} if ids else {}


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
