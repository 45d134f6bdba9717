"""Who a row is, among those whom we know: pure rules. A phone alone never tells; families share them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import msgspec

from server import models, people
from server.domain.patient_contacts import MOST
from server.importing import Further, Kept, Person

Kind = Literal["new", "update", "same", "needs"]
DETAILS: tuple[Kept, ...] = ("phone", "mrn", "first_name", "last_name", "date_of_birth", "email")
_NAMES = ("first_name", "last_name")
CONTACTS: tuple[Literal["phone", "email"], ...] = ("phone", "email")


@dataclass(slots=True, eq=False)
class Entry:
    """Somebody whom we know: a patient on file, one whom this batch makes (`new_id`), or in a check an earlier `row` of
    the same file, which is none yet.

    Of a patient on file, `added` are further contacts that they are given, each with its name, and `dropped` the names
    of those that are taken away again.
    """

    person: Person
    patient: models.Patient | None = None
    new_id: UUID | None = None
    row: int = 0
    before: Person | None = None
    added: list[tuple[UUID, Further]] = field(default_factory=list)
    dropped: Sequence[UUID] = ()

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
    those that are filled with something else, `adds` further contacts that are not on file. `why` is the code of what a
    person has to decide. `said` is what the row says of them: of somebody without a phone, a further one is the phone.
    """

    kind: Kind
    said: Person
    entry: Entry | None = None
    fills: tuple[Kept, ...] = ()
    differs: tuple[Kept, ...] = ()
    adds: tuple[Further, ...] = ()
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

    def change(self, entry: Entry, said: dict[Kept, str], adds: Sequence[Further] = ()) -> None:
        """Somebody has other details now, and further contacts."""
        if entry.before is None:
            entry.before = entry.person
        old = set(keys_of(entry.person))
        gone = {getattr(entry.person, name) for name in CONTACTS if name in said}
        further = (*(each for each in entry.person.further if each.value not in gone), *adds)
        entry.person = msgspec.structs.replace(entry.person, **said, further=further)
        self._index(entry, [key for key in keys_of(entry.person) if key not in old])

    def find(self, *key: str) -> list[Entry]:
        """Those who have this."""
        # Who has changed may have been known by what they no longer are.
        return [each for each in self._by.get(key, ()) if each.before is None or key in keys_of(each.person)]

    def _index(self, entry: Entry, keys: Sequence[tuple[str, ...]]) -> None:
        for key in keys:
            self._by[key].append(entry)


def keys_of(person: Person) -> list[tuple[str, ...]]:
    """Everything by which somebody is found."""
    keys: list[tuple[str, ...]] = [("mrn", person.mrn)] if person.mrn else []
    keys += reached_by(person)
    if person.date_of_birth and (called := called_of(person)):
        keys.append(("born", called, person.date_of_birth))
    return keys


def reached_by(person: Person) -> list[tuple[str, str]]:
    """All their phones and mailboxes, none twice."""
    found = [(name, value) for name in CONTACTS if (value := getattr(person, name))]
    return [*found, *(key for each in person.further if (key := (each.kind, each.value)) not in found)]


def settled(person: Person, on_file: Person | None = None) -> Person:
    """What a row says of somebody who has no phone or mailbox: a further one is it. What says nothing more goes."""
    if not person.further:
        return person
    said: dict[Kept, str] = {}
    for name in CONTACTS:
        if not (getattr(person, name) or (on_file and getattr(on_file, name))):
            said[name] = next((each.value for each in person.further if each.kind == name), "")
    person = msgspec.structs.replace(person, **said)
    preferred = (person.phone, person.email)
    further = tuple(each for each in person.further if each.says or each.value not in preferred)
    return msgspec.structs.replace(person, further=further)


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
            return Verdict("needs", person, others[0], why="other_mrn")
        found = [each for each in found if not each.person.mrn]
    if len(found) > 1:
        return Verdict("needs", person, why="several_match")
    if found:
        return _beside(person, found[0])
    return Verdict("same" if _says_nothing_new(person, called, known) else "new", settled(person))


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
    return list(dict.fromkeys(each for key in reached_by(person) for each in _all(known, *key)))


def is_shared(person: Person, entry: Entry | None, *known: Known) -> bool:
    """Whether somebody else than this one has a phone or mailbox of theirs too."""
    return any(each is not entry for each in _reached(person, known))


def _says_nothing_new(person: Person, called: str, known: Sequence[Known]) -> bool:
    """A bare phone or address that somebody has already adds nobody."""
    if called or person.mrn or person.date_of_birth:
        return False
    given = set(reached_by(person))
    return any(given <= set(reached_by(each.person)) for each in _reached(person, known))


def _beside(person: Person, entry: Entry) -> Verdict:
    said = settled(person, entry.person)
    fills: list[Kept] = []
    differs: list[Kept] = []
    for name in DETAILS:
        given, kept = getattr(said, name), getattr(entry.person, name)
        if given and not kept:
            fills.append(name)
        elif given and not _is_same(name, given, kept) and not _is_further(name, given, entry.person):
            differs.append(name)
    adds = _news(said, entry.person) if said.further else ()
    if differs:
        why = "twice_in_file" if entry.row else "differs"
        return Verdict("needs", said, entry, tuple(fills), tuple(differs), adds, why)
    if len(adds) + len(entry.person.further) > MOST:
        return Verdict("needs", said, entry, why="contacts_full")
    return Verdict("update" if fills or adds else "same", said, entry, tuple(fills), adds=adds)


def _is_further(name: Kept, given: str, on_file: Person) -> bool:
    return any(each.kind == name and each.value == given for each in on_file.further)


def _news(said: Person, on_file: Person) -> tuple[Further, ...]:
    """Further contacts that are not on file, and what is said of a preferred one of which nothing was; what is on file
    of a contact stays.
    """
    known, preferred = {each.value for each in on_file.further}, (on_file.phone, on_file.email)
    return tuple(
        each for each in said.further if each.value not in known and (each.says or each.value not in preferred)
    )


def _is_same(name: Kept, said: str, kept: str) -> bool:
    """Names that differ in case and accents alone are one; what is on file stays."""
    return people.folded(said) == people.folded(kept) if name in _NAMES else said == kept
