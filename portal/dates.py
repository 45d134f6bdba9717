"""Reading a date of birth however a person types it. Pure; what has several readings gives all of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

EARLIEST = date(1900, 1, 1)
# Arabic months have three families of names: Egypt and the Gulf, the Levant and Iraq, the Maghreb.
_MONTHS = {
    1: ("january", "enero", "يناير", "كانون الثاني", "جانفي"),
    2: ("february", "febrero", "فبراير", "شباط", "فيفري"),
    3: ("march", "marzo", "مارس", "آذار"),
    4: ("april", "abril", "أبريل", "نيسان", "أفريل"),
    5: ("may", "mayo", "مايو", "أيار", "ماي"),
    6: ("june", "junio", "يونيو", "حزيران", "جوان"),
    7: ("july", "julio", "يوليو", "تموز", "جويلية"),
    8: ("august", "agosto", "أغسطس", "آب", "أوت"),
    9: ("september", "septiembre", "setiembre", "سبتمبر", "أيلول"),
    10: ("october", "octubre", "أكتوبر", "تشرين الأول"),
    11: ("november", "noviembre", "نوفمبر", "تشرين الثاني"),
    12: ("december", "diciembre", "ديسمبر", "كانون الأول"),
}
_FILLERS = frozenset(
    (
        *("st", "nd", "rd", "th", "of", "the", "day", "year"),
        *("de", "del", "el", "o", "er", "ero", "dia", "ano"),
        *("من", "شهر", "سنة", "عام", "يوم", "م", "في"),
    )
)
_WORDS_FOR_ONE = frozenset(("primero", "first"))
_LONGEST = 40
_STRETCH = "\u0640"
"""The Arabic tatweel makes a word longer and nothing else."""


def readings(text: str, *, today: date) -> list[date]:
    """Every date of birth that the text can mean, from 1900 until today; none if it is no date.

    `3/4/1985` is March 4 and April 3, `5/6/24` also a hundred years ago: the check takes whichever is on file, and
    counts one try. Digits of any script are read; months by number or by their English, Spanish or Arabic name.
    """
    words = _words(text)
    if len(text) > _LONGEST or words is None:
        return []
    found: list[date] = []
    for month, day, year in _orders(words):
        found += [each for each in _dates(month, day, year, today) if each not in found]
    return found


def from_form(fields: Mapping[str, str], *, today: date) -> list[date]:
    """The same from the fields `month`, `day`, `year`, or from `date`; a whole date pasted into any is read.

    So is one whose day and month stand in the same field: `14 March` and `1985`.
    """
    typed = [fields.get(name, "").strip() for name in ("month", "day", "year")]
    month, day, year = typed
    for text in [fields.get("date", ""), *typed]:
        if found := readings(text, today=today):
            return found
    if all(typed) and (found := _three_fields(typed, today)):
        return found
    together = [f"{day} {year}", f"{month} {year}"] if year else [f"{month} {day}"]
    return next((found for text in together if (found := readings(text, today=today))), [])


def _three_fields(typed: list[str], today: date) -> list[date]:
    """Labelled fields have one order only."""
    month, day, year = (_words(text) for text in typed)
    if not (month and day and year) or not len(month) == len(day) == len(year) == 1:
        return []
    return _dates(month[0], day[0], year[0], today)


def _words(text: str) -> list[str] | None:
    """Numbers as ASCII digits and months as `m3`, in the order typed; None where another word stands among them."""
    words: list[str] = []
    for word in re.findall(rf"[0-9]+|{_TWO_WORDS}|[^\W\d_]+", _plain(text)):
        if word.isdecimal():
            words.append(word)
        elif word in _WORDS_FOR_ONE:
            words.append("1")
        elif month := _month_named(word):
            words.append(f"m{month}")
        elif word not in _FILLERS:
            return None
    return words


def _plain(text: str) -> str:
    """Lower case without marks over letters; digits of any script as ASCII; single blanks."""
    plain = "".join(_plain_char(char) for char in unicodedata.normalize("NFKD", text.casefold()))
    return " ".join(plain.split())


def _plain_char(char: str) -> str:
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    is_mark = unicodedata.combining(char) or unicodedata.category(char) == "Cf" or char == _STRETCH
    return "" if is_mark else char


def _month_named(word: str) -> int | None:
    """The month of this name, or whose name of one word begins so; three letters tell those apart."""
    return next((month for month, names in _NAMES.items() if any(_is_meant(name, word) for name in names)), None)


def _is_meant(name: str, word: str) -> bool:
    return name == word or (len(word) >= 3 and " " not in name and name.startswith(word))


def _orders(words: list[str]) -> Iterable[tuple[str, str, str]]:
    """The (month, day, year) that these words can be; month first, as our region writes."""
    if len(words) == 1 and words[0].isdecimal():
        yield from _unseparated(words[0])
    if len(words) != 3:
        return
    named = [word for word in words if word.startswith("m")]
    if len(named) == 1:
        first, second = (word for word in words if word not in named)
        yield (named[0], second, first) if len(first) == 4 else (named[0], first, second)
    elif not named:
        one, two, three = words
        if len(one) == 4:
            yield two, three, one
        else:
            yield one, two, three
            yield two, one, three


def _unseparated(digits: str) -> Iterable[tuple[str, str, str]]:
    if len(digits) in (6, 8):
        yield digits[:2], digits[2:4], digits[4:]
        yield digits[2:4], digits[:2], digits[4:]
    if len(digits) == 8:
        yield digits[4:6], digits[6:], digits[:4]


def _dates(month: str, day: str, year: str, today: date) -> list[date]:
    if not (day.isdecimal() and year.isdecimal() and len(day) <= 2 and len(month) <= 3 and len(year) in (2, 4)):
        return []
    years = [int(year)] if len(year) == 4 else [2000 + int(year), 1900 + int(year)]
    return [found for each in years if (found := _date(each, int(month.removeprefix("m")), int(day), today))]


def _date(year: int, month: int, day: int, today: date) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= today else None


_NAMES = {month: tuple(_plain(name) for name in names) for month, names in _MONTHS.items()}
_TWO_WORDS = "|".join(name for names in _NAMES.values() for name in names if " " in name)
