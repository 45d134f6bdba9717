"""What is written of a patient whom a row makes.

It is most of the work of an import, so it is reckoned ahead, for the case that nobody on file turns out to be them.
"""

import operator
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from server import clock, people, tokens
from server.db import sql
from server.domain import patients
from server.domain.imports.judging import DETAILS, settled
from server.importing import Person
from server.models import Patient
from server.vault import Keyring

PRINT = ("id", "created_at", "token", "patient_id", "organization_id")
Found = tuple[str, sql.Value]
_BLANK: dict[str, object] = {
    column: Patient._meta.fields_map[field].default for field, column in Patient._meta.fields_db_projection.items()
}


@dataclass(frozen=True, slots=True)
class Made:
    """Somebody who is about to be written: `columns` of `patient`, and the fingerprints of what finds them."""

    id: UUID
    person: Person
    columns: dict[str, object]
    found_by: list[str]


Ready = Mapping[UUID, Made]
"""By the patient's id."""


def make_all(ring: Keyring, said: Iterable[Person]) -> dict[Person, Made]:
    """A new patient for each of these people, none of whom need be written."""
    return {person: make(ring, tokens.new_id(), settled(person)) for person in said}


def make(ring: Keyring, patient: UUID, person: Person) -> Made:
    """One, as `Patient()` would."""
    said: dict[str, str] = {name: getattr(person, name) for name in DETAILS}
    columns = _BLANK | {"id": patient, "organization_id": ring.organization}
    columns |= patients.sealed(ring, patient, said)
    columns |= patients.same(ring, said | {"birth_date": person.date_of_birth})
    columns |= {"incomplete": is_incomplete(person), "more_contacts": True if person.further else None}
    return Made(patient, person, columns, found_by(ring, person))


def is_incomplete(person: Person) -> bool:
    """Whether nobody would know who is meant."""
    return not (person.first_name or person.last_name)


def found_by(ring: Keyring, person: Person) -> list[str]:
    """The fingerprints of everything that is typed to find somebody, none twice."""
    name = people.full_name(person.first_name, person.last_name, otherwise="")
    found = patients.found_by(ring, name, phone=person.phone, birth_date=person.date_of_birth)
    phones = [each.value for each in person.further if each.kind == "phone"]
    return list({*found, *(ring.blind("phone_end", end) for phone in phones for end in people.phone_ends(phone))})


def prints(ring: Keyring, found: Mapping[UUID, Collection[str]]) -> list[tuple[sql.Value, ...]]:
    """Rows of `name_token`, in the columns of `PRINT`, for patients and what each is found by."""
    now, clinic = sql.repeated(clock.now()), sql.repeated(ring.organization)
    alike = ((sql.repeated(patient), each) for patient, each in found.items())
    # In the order of the index that they are sought in, which is far larger than what is added to it.
    pairs: list[Found] = sorted(
        ((token, patient) for patient, each in alike for token in each), key=operator.itemgetter(0)
    )
    new = sql.ids(tokens.new_raw_ids(len(pairs)))
    return [(name, now, token, patient, clinic) for name, (token, patient) in zip(new, pairs, strict=True)]
