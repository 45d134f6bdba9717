"""One row: who it is about, or what is the matter with it."""

import re
from collections.abc import Callable
from datetime import date
from typing import get_args

import msgspec

from server import people
from server.errors import Refusal
from server.importing import dates, further, names
from server.importing.columns import Beside, Columns, Field, Place
from server.importing.further import Further
from server.importing.lines import Line
from server.importing.problems import Problem

EMPTY = frozenset(("null", "n/a", "na", "none", "nil", "-", "--", "unknown"))
"""What programs write where nothing is on file. Not asked of names: people are called Na."""
_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?e[+]?[0-9]{1,3}", re.IGNORECASE)
_USUAL = re.compile(
    r"(?:\+?1[-. ]?)?\(?([2-9][0-9]{2})\)?[-. ]?([2-9][0-9]{2})[-. ]?([0-9]{4})(?: ?(?:x|ext\.?) ?[0-9]{1,6})?"
)
PREMIUM = "900"
_QUOTED = re.compile(r'="([^"]*)"')
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)")


class Person(msgspec.Struct, frozen=True, array_like=True):
    """What a row says of somebody, normalised as the directory keeps it; an empty text: it says nothing."""

    phone: str = ""
    mrn: str = ""
    first_name: str = ""
    last_name: str = ""
    date_of_birth: str = ""
    email: str = ""
    further: tuple[Further, ...] = ()


class _Wrong(Exception):
    def __init__(self, code: str, number: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.number = number


def read(line: Line, columns: Columns, *, today: date) -> Person | list[Problem]:
    """Who a row is about; or everything that keeps it from being read, in the order of the columns."""
    if line.why:
        return [Problem(line.why)]
    said: dict[Place, str] = {}
    wrong: list[Problem] = []
    for cell, field in zip(line.cells, columns.fields, strict=True):
        if field and (text := cell.strip()):
            place = _place(field)
            try:
                said.update(_read_one(text, field, columns, today))
            except _Wrong as why:
                wrong.append(Problem(why.code, place, why.number))
            except Refusal as why:
                wrong.append(Problem(why.code, place))
    if wrong:
        return wrong
    person = _person(said)
    return person if (problem := _too_little(person)) is None else [problem]


def _person(said: dict[Place, str]) -> Person:
    if said.keys().isdisjoint(_BESIDE):
        return Person(**said)  # type: ignore[arg-type]  # only what an entry keeps once
    kept = {place: text for place, text in said.items() if place not in _BESIDE}
    return Person(**kept, further=further.of(said))


def _place(field: Field) -> Place:
    return _PLACES[field]


def _too_little(person: Person) -> Problem | None:
    if person.phone or person.mrn or person.email or person.further:
        return None
    if not (person.first_name or person.last_name):
        return Problem("nothing")
    return None if person.date_of_birth else Problem("name_alone")


def _read_one(text: str, field: Field, columns: Columns, today: date) -> dict[Place, str]:
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1].strip()  # How programs keep Excel from eating zeros.
    if text.startswith("="):
        raise _Wrong("formula")
    if _ERROR.fullmatch(text):
        raise _Wrong("excel_error")
    if field in _NAMES:
        return _name(text, field, tidy=columns.tidy_capitals)
    if text.lower() in EMPTY:
        return {}
    if field is Field.DATE_OF_BIRTH:
        return {"date_of_birth": _birth_date(text, columns, today)}
    if field not in _MAILBOXES and _SCIENTIFIC.fullmatch(text):
        raise _Wrong("shortened")
    return {_place(field): _READ[field](text)}


def _name(text: str, field: Field, *, tidy: bool) -> dict[Place, str]:
    if field is Field.FIRST_NAME or field is Field.LAST_NAME:
        return {_place(field): _clean(text, tidy=tidy)}
    pair = names.of_last_first(text) if field is Field.LAST_FIRST else names.of_first_last(text)
    if isinstance(pair, str):
        raise _Wrong(pair)
    first, last = (_clean(each, tidy=tidy) for each in pair)
    return {"first_name": first, "last_name": last}


def _clean(text: str, *, tidy: bool) -> str:
    """As the directory checks names: 80 characters each, none that change the text after them."""
    name = people.clean_name(text, field="name")
    return names.tidied(name) if tidy else name


def _birth_date(text: str, columns: Columns, today: date) -> str:
    if text in dates.NOWHERE:
        return ""
    found = dates.day(text, columns.dates, today=today)
    if isinstance(found, str):
        raise _Wrong(found)
    return found.isoformat()


def _phone(text: str) -> str:
    # Nearly every cell is a plain number of our region, and asking the library takes a tenth of a millisecond.
    if (usual := _USUAL.fullmatch(text)) and usual[1] != PREMIUM:
        return f"+1{usual[1]}{usual[2]}{usual[3]}"
    try:
        found = people.phone(text)
    except Refusal:
        raise _Wrong("not_a_phone", sum(char.isdigit() for char in text)) from None
    if people.costs_its_caller(found):
        raise _Wrong("costly_number")
    return found


def _type(text: str) -> str:
    if (kind := further.type_of(text)) is None:
        raise _Wrong("not_a_type")
    return kind


def _mrn(text: str) -> str:
    return people.clean_name(text, field="MRN")


_PLACES: dict[Field, Place] = {
    Field.PHONE: "phone",
    Field.MRN: "mrn",
    Field.FIRST_NAME: "first_name",
    Field.LAST_NAME: "last_name",
    Field.LAST_FIRST: "last_name",
    Field.FIRST_LAST: "last_name",
    Field.DATE_OF_BIRTH: "date_of_birth",
    Field.EMAIL: "email",
    Field.PHONE_TYPE: "phone_type",
    Field.PHONE_OWNER: "phone_owner",
    Field.PHONE_2: "phone_2",
    Field.PHONE_2_TYPE: "phone_2_type",
    Field.PHONE_2_OWNER: "phone_2_owner",
    Field.HOME_PHONE: "home_phone",
    Field.WORK_PHONE: "work_phone",
    Field.EMAIL_2: "email_2",
}
_BESIDE: frozenset[Place] = frozenset(get_args(Beside))
_MAILBOXES = (Field.EMAIL, Field.EMAIL_2)
_NAMES = (Field.FIRST_NAME, Field.LAST_NAME, Field.LAST_FIRST, Field.FIRST_LAST)
_READ: dict[Field, Callable[[str], str]] = {
    **dict.fromkeys((Field.PHONE, Field.PHONE_2, Field.HOME_PHONE, Field.WORK_PHONE), _phone),
    **dict.fromkeys((Field.PHONE_TYPE, Field.PHONE_2_TYPE), _type),
    **dict.fromkeys((Field.PHONE_OWNER, Field.PHONE_2_OWNER), further.owner_of),
    **dict.fromkeys(_MAILBOXES, people.email),
    Field.MRN: _mrn,
}
