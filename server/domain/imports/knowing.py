"""Loading whom we know among those whom some rows may be about: six queries, however many rows."""

from collections.abc import Collection, Sequence
from uuid import UUID

from server import keys, models
from server.domain.imports.judging import Entry, Known
from server.importing import Person
from server.queries import people as who
from server.vault import Keyring

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
    born = {ring.blind("birth_date", each.date_of_birth) for each in people if each.date_of_birth}
    found.update(await _born(organization, born, found))
    known = Known()
    for patient in sorted(found.values(), key=lambda each: each.id):
        person = (over or {}).get(patient.id) or person_of(ring, patient)
        known.add(Entry(person, patient))
    return known


async def _born(organization: UUID, born: Collection[str], found: Collection[UUID]) -> dict[UUID, models.Patient]:
    if not born:
        return {}
    chosen = models.NameToken.filter(organization_id=organization, token__in=list(born))
    ids = {patient for (patient,) in await chosen.values_list("patient_id")} - set(found)
    return {each.id: each for each in await models.Patient.filter(id__in=list(ids))} if ids else {}


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
