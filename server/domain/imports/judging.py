"""Who a row is, among those whom we know: pure rules. A phone alone never tells; families share them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import msgspec

from server import models, people
from server.importing import Kept, Person

Kind = Literal["new", "update", "same", "needs"]
DETAILS: tuple[Kept, ...] = ("phone", "mrn", "first_name", "last_name", "date_of_birth", "email")
_NAMES = ("first_name", "last_name")


@dataclass(slots=True, eq=False)
class Entry:
    """Somebody whom we know: a patient on file, one whom this batch makes (`new_id`), or in a check an earlier `row` of
    the same file, which is none yet.
    """

    person: Person
    patient: models.Patient | None = None
    new_id: UUID | None = None
    row: int = 0
    before: Person | None = None

    @property
    def is_new(self) -> bool:
        """Whether this batch makes them."""
        return self.new_id is not None

    @property
    def id(self) -> UUID | None:
        """The patient's, where they are or become one."""
        return self.patient.id if self.patient else self.new_id

    @property
    def rev(self) -> int:
        """The patient's revision once the batch is written."""
        return self.patient.rev + 1 if self.patient else 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a row. `entry` is whom it is about; `fills` are fields that are empty there, `differs`
    those that are filled with something else. `why` is the code of what a person has to decide.
    """

    kind: Kind
    entry: Entry | None = None
    fills: tuple[Kept, ...] = ()
    differs: tuple[Kept, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Known:
    """Whom we know, by everything that tells people apart."""

    entries: list[Entry] = field(default_factory=list)
    _by: dict[tuple[str, ...], list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: Entry) -> None:
        """Know somebody."""
        self.entries.append(entry)
        self._index(entry, keys_of(entry.person))

    def change(self, entry: Entry, said: dict[Kept, str]) -> None:
        """Somebody has other details now."""
        if entry.before is None:
            entry.before = entry.person
        old = set(keys_of(entry.person))
        entry.person = msgspec.structs.replace(entry.person, **said)
        self._index(entry, [key for key in keys_of(entry.person) if key not in old])

    def find(self, *key: str) -> list[Entry]:
        """Those who have this."""
        # Somebody may have been known by what they no longer are.
        return [each for each in self._by.get(key, ()) if key in keys_of(each.person)]

    def _index(self, entry: Entry, keys: Sequence[tuple[str, ...]]) -> None:
        for key in keys:
            self._by[key].append(entry)


def keys_of(person: Person) -> list[tuple[str, ...]]:
    """Everything by which somebody is found."""
    called = called_of(person)
    found = [("mrn", person.mrn), ("phone", person.phone), ("email", person.email)]
    keys: list[tuple[str, ...]] = [key for key in found if key[1]]
    if called and person.date_of_birth:
        keys.append(("born", called, person.date_of_birth))
    return keys


def called_of(person: Person) -> str:
    """A name without case and accents."""
    return " ".join(people.folded(f"{person.first_name} {person.last_name}").split())


def judge(person: Person, *known: Known) -> Verdict:
    """What a row comes to: the MRN tells first, then name and date of birth together.

    Where one of the two dates is missing, the name with the same phone or e-mail address tells too.
    """
    if person.mrn and (theirs := _all(known, "mrn", person.mrn)):
        return _beside(person, theirs[0])
    called = called_of(person)
    found = _namesakes(person, called, known) if called else _unnamed(person, known)
    if person.mrn:
        others = [each for each in found if each.person.mrn]
        if others and len(others) == len(found):
            return Verdict("needs", others[0], why="other_mrn")
        found = [each for each in found if not each.person.mrn]
    if len(found) > 1:
        return Verdict("needs", why="several_match")
    if found:
        return _beside(person, found[0])
    return Verdict("same") if _says_nothing_new(person, called, known) else Verdict("new")


def _all(known: Sequence[Known], *key: str) -> list[Entry]:
    found = [entry for each in known for entry in each.find(*key)]
    return list(dict.fromkeys(found))


def _namesakes(person: Person, called: str, known: Sequence[Known]) -> list[Entry]:
    if person.date_of_birth and (found := _all(known, "born", called, person.date_of_birth)):
        return found
    return [
        each
        for each in _reached(person, known)
        if called_of(each.person) == called and not (person.date_of_birth and each.person.date_of_birth)
    ]


def _unnamed(person: Person, known: Sequence[Known]) -> list[Entry]:
    """Of a row without a name, only a date of birth beside the same phone or address tells."""
    born = person.date_of_birth
    return [each for each in _reached(person, known) if born and each.person.date_of_birth == born]


def _reached(person: Person, known: Sequence[Known]) -> list[Entry]:
    by_phone = _all(known, "phone", person.phone) if person.phone else []
    by_mail = _all(known, "email", person.email) if person.email else []
    return list(dict.fromkeys([*by_phone, *by_mail]))


def _says_nothing_new(person: Person, called: str, known: Sequence[Known]) -> bool:
    """A bare phone or address that somebody has already adds nobody."""
    if called or person.mrn or person.date_of_birth:
        return False
    asked: list[Kept] = ["phone", "email"]
    given = [name for name in asked if getattr(person, name)]
    return any(
        all(getattr(each.person, name) == getattr(person, name) for name in given) for each in _reached(person, known)
    )


def _beside(person: Person, entry: Entry) -> Verdict:
    fills: list[Kept] = []
    differs: list[Kept] = []
    for name in DETAILS:
        said, kept = getattr(person, name), getattr(entry.person, name)
        if said and not kept:
            fills.append(name)
        elif said and not _is_same(name, said, kept):
            differs.append(name)
    if differs:
        why = "twice_in_file" if entry.row else "differs"
        return Verdict("needs", entry, tuple(fills), tuple(differs), why)
    return Verdict("update" if fills else "same", entry, tuple(fills))


def _is_same(name: Kept, said: str, kept: str) -> bool:
    """Names that differ in case and accents alone are one; what is on file stays."""
    return people.folded(said) == people.folded(kept) if name in _NAMES else said == kept
