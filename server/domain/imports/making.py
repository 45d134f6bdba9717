"""What is written of a patient whom a row makes.

It is most of the work of an import, so it is reckoned ahead, for the case that nobody on file turns out to be them.
"""

import operator
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from server import clock, people, tokens
from server.db import packing
from server.db.packing import Cell, Line
from server.domain import patients
from server.domain.imports.judging import DETAILS, settled
from server.importing import Person
from server.models import Patient
from server.vault import Keyring

PRINT = ("id", "created_at", "token", "patient_id", "organization_id")
Found = tuple[str, Cell]
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
Print = tuple[Cell, Line]
"""A patient, and a row of `name_token` about them, in the columns of `PRINT`."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Patients whom the rows of a batch would make, and what would find them, in the order of `prints`."""

    made: dict[Person, Made]
    prints: list[Print]

    def prints_of(self, ring: Keyring, new: Sequence[Made]) -> list[Print]:
        """What finds those who are new indeed, of whom some may not have been likely."""
        likely = {each.id: each for each in self.made.values()}
        ours = {packing.cell(each.id) for each in new if likely.get(each.id) is each}
        others = {each.id: each.found_by for each in new if likely.get(each.id) is not each}
        return [each for each in self.prints if each[0] in ours] + prints(ring, others)


def make_all(ring: Keyring, said: Iterable[Person]) -> Likely:
    """A new patient for each of these people, none of whom need be written."""
    made = {person: make(ring, tokens.new_id(), settled(person)) for person in said}
    return Likely(made, prints(ring, {each.id: each.found_by for each in made.values()}))


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


def prints(ring: Keyring, found: Mapping[UUID, Collection[str]]) -> list[Print]:
    """For patients and what each is found by."""
    alike = ((packing.cell(patient), each) for patient, each in found.items())
    # In the order of the index that they are sought in, which is far larger than what is added to it.
    pairs: list[Found] = sorted(
        ((token, patient) for patient, each in alike for token in each), key=operator.itemgetter(0)
    )
    count, whose = len(pairs), [patient for _, patient in pairs]
    new, said = packing.ids(tokens.new_raw_ids(count)), packing.texts([token for token, _ in pairs])
    now, clinic = [packing.cell(clock.now())] * count, [packing.cell(ring.organization)] * count
    return list(zip(whose, packing.lines(new, now, said, whose, clinic), strict=True))
