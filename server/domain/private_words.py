"""What looks private in the words of a plain text: a hint to its writer, who may know better.

The lists are in `private_words.json`, one for each language; the screens read the same file and pass the same cases
(`tests/wire/private.json`). Words of every language count, because people mix them. A clinic adds words of its own, and
takes out those that are no secret there (`clinic_words.py`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from server import models, people

LISTS = json.loads((Path(__file__).parent / "private_words.json").read_text())
MONTHS: Mapping[str, int] = LISTS["months"]

# A name of a month, a day with or without "th", and a year with two or four digits.
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY, _YEAR = r"(\d{1,2})(?:st|nd|rd|th|o)?", r"((?:19|20)\d\d|\d\d)"
_BEGIN, _END = r"(?<![a-z0-9])", r"(?![a-z0-9])"
_NUMBERS = re.compile(rf"{_BEGIN}(\d{{1,2}})([/.-])(\d{{1,2}})\2{_YEAR}{_END}")
_YEAR_FIRST = re.compile(rf"{_BEGIN}((?:19|20)\d\d)([/.-])(\d{{1,2}})\2(\d{{1,2}}){_END}")
_MONTH_DAY = re.compile(rf"{_BEGIN}({_MONTH})\.? {{1,2}}{_DAY},? {{1,2}}{_YEAR}{_END}")
_DAY_MONTH = re.compile(rf"{_BEGIN}{_DAY} (?:de )?({_MONTH})\.?,? (?:del? )?{_YEAR}{_END}")
_EIGHT = re.compile(rf"{_BEGIN}(\d{{8}}){_END}")

SSN = re.compile(rf"{_BEGIN}\d{{3}}[ -]\d{{2}}[ -]\d{{4}}{_END}")
MRN = re.compile(rf"{_BEGIN}mrn\W{{0,3}}(?=[a-z-]{{0,4}}\d)")
CODE = re.compile(rf"{_BEGIN}(?=[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*{_END}")
PHONE = re.compile(r"1?[2-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Own:
    """What is on file about the patient: an ISO date, the number of the medical record, a phone in E.164, and so on."""

    birth_date: str | None = None
    mrn: str | None = None
    phone: str | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class Clinic(msgspec.Struct, frozen=True):
    """What a clinic changed of the list: words that count there too, where `*` at an end stands for any letters, and
    words of the list that count for nothing there.
    """

    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()


AS_LISTED = Clinic()


def of_clinic(organization: models.Organization) -> Clinic:
    """What this clinic has changed."""
    kept = organization.private_words
    return msgspec.json.decode(kept, type=Clinic) if kept else AS_LISTED


def found(text: str, *, own: Own, today: date, clinic: Clinic = AS_LISTED) -> list[str]:
    """The codes of what looks private: `date`, `ssn`, `mrn`, `word`, and of what is the patient's own. Empty: nothing.

    These are `own_birth_date`, `own_mrn`, `own_phone`, `own_email` and `own_name`, the first and last name together: a
    first name alone greets. A full date in the past may be one of birth; one that is still to come is an appointment.
    """
    plain = people.folded(text)
    signs = {
        "date": any(_is_past(day, month, year, today) for day, month, year in _dates(plain, both_ways=False)),
        "ssn": SSN.search(plain),
        "mrn": MRN.search(plain) or any(_is_code(each.group()) for each in CODE.finditer(plain)),
        "word": _has_word(plain, clinic),
        "own_birth_date": own.birth_date and _has_birth_date(plain, own.birth_date),
        "own_mrn": own.mrn and _has_mrn(plain, own.mrn),
        "own_phone": own.phone and _has_phone(plain, own.phone),
        "own_email": own.email and _has_email(plain, own.email),
        "own_name": own.first_name and own.last_name and _has_name(plain, own.first_name, own.last_name),
    }
    return [code for code, sign in signs.items() if sign]


def _pattern(word: str) -> str:
    """A stem ends with `*`; the blanks of several words may be hyphens in a text."""
    return word.replace(" ", "[ -]+").replace("*", "[a-z0-9]*")


def _all_words() -> re.Pattern[str]:
    every = {word for groups in LISTS["words"].values() for group in groups.values() for word in group}
    return re.compile(rf"{_BEGIN}(?:{'|'.join(map(_pattern, sorted(every)))}){_END}")


WORDS = _all_words()


def _has_word(plain: str, clinic: Clinic) -> bool:
    fewer = {_plain(word) for word in clinic.fewer}
    listed = any(_plain(each.group()) not in fewer for each in WORDS.finditer(plain))
    return listed or any(_own_pattern(word).search(plain) for word in clinic.more)


def _plain(word: str) -> str:
    """A word as it is compared: however it is written, and whatever stands between its parts."""
    return re.sub("[ -]+", " ", people.folded(word))


@lru_cache(maxsize=1024)
def _own_pattern(word: str) -> re.Pattern[str]:
    stem = word.endswith("*")
    parts = "[ -]+".join(map(re.escape, _plain(word.removesuffix("*")).split(" ")))
    return re.compile(_BEGIN + parts + ("[a-z0-9]*" if stem else "") + _END)


def _dates(plain: str, *, both_ways: bool) -> Iterator[tuple[int, int, str]]:
    """Day, month and year. Numbers are read the American way, `both_ways` also as most of the world writes them."""
    for first, _, second, year in _NUMBERS.findall(plain):
        if int(first) <= 12:
            yield int(second), int(first), year
        if both_ways or int(first) > 12:
            yield int(first), int(second), year
    for year, _, month, day in _YEAR_FIRST.findall(plain):
        yield int(day), int(month), year
    for month, day, year in _MONTH_DAY.findall(plain):
        yield int(day), MONTHS[month], year
    for day, month, year in _DAY_MONTH.findall(plain):
        yield int(day), MONTHS[month], year


def _is_past(day: int, month: int, year: str, today: date) -> bool:
    """Two digits are this century's unless that is more than a year away."""
    full = int(year) if len(year) == 4 else 2000 + int(year)
    if len(year) == 2 and full > today.year + 1:
        full -= 100
    return 1 <= month <= 12 and 1 <= day <= 31 and (full, month, day) < (today.year, today.month, today.day)


def _has_birth_date(plain: str, birth_date: str) -> bool:
    year, month, day = birth_date.split("-")
    whole = {month + day + year, day + month + year, year + month + day}
    if whole & set(_EIGHT.findall(plain)):
        return True
    return any(
        (a_day, a_month) == (int(day), int(month)) and a_year in (year, year[2:])
        for a_day, a_month, a_year in _dates(plain, both_ways=True)
    )


def _has_mrn(plain: str, mrn: str) -> bool:
    """Whatever stands between its letters and digits; a very short one would be found in any text."""
    signs = [char for char in people.folded(mrn) if char.isalnum()]
    if len(signs) < 3:
        return False
    return re.search(_BEGIN + r"[ ._/-]?".join(map(re.escape, signs)) + _END, plain) is not None


def _has_phone(plain: str, phone: str) -> bool:
    """However it is written; one of North America also without its 1."""
    digits = phone.removeprefix("+").removeprefix("1")
    first = r"(?<!\d)(?:\+?1[ .-]?)?" if phone.startswith("+1") else r"(?<!\d)"
    return re.search(first + r"\(?" + r"[ ()./-]{0,2}".join(digits) + r"(?!\d)", plain) is not None


def _has_email(plain: str, email: str) -> bool:
    return re.search(r"(?<![a-z0-9._%+-])" + re.escape(people.folded(email)) + r"(?![a-z0-9-])", plain) is not None


def _has_name(plain: str, first: str, last: str) -> bool:
    """Both names side by side, in either order."""
    one, other = re.escape(people.folded(first)), re.escape(people.folded(last))
    return re.search(rf"{_BEGIN}(?:{one} +{other}|{other},? +{one}){_END}", plain) is not None


def _is_code(word: str) -> bool:
    """Six and more letters and digits, most likely the number of a record: not a phone number, not a year or a time."""
    signs = word.replace("-", "")
    digits = sum(char.isdigit() for char in signs)
    if len(signs) < 6 or digits < 4 or PHONE.fullmatch(signs):
        return False
    return word.isdigit() or digits < len(signs)
