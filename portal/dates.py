"""Reading a date of birth however a person types it. Pure; what has several readings gives all of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

EARLIEST = date(1900, 1, 1)
_MONTHS = {
    1: ("january", "enero"),
    2: ("february", "febrero"),
    3: ("march", "marzo"),
    4: ("april", "abril"),
    5: ("may", "mayo"),
    6: ("june", "junio"),
    7: ("july", "julio"),
    8: ("august", "agosto"),
    9: ("september", "septiembre", "setiembre"),
    10: ("october", "octubre"),
    11: ("november", "noviembre"),
    12: ("december", "diciembre"),
}
_FILLERS = frozenset(("st", "nd", "rd", "th", "of", "the", "de", "del", "el"))
_LONGEST = 40


def readings(text: str, *, today: date) -> list[date]:
    """Every date of birth that the text can mean, from 1900 until today; none if it is no date.

    `3/4/1985` is March 4 and April 3, `5/6/24` also a hundred years ago: the check takes whichever is on file, and
    counts one try. Digits of any script are read; months by number or by their English or Spanish name.
    """
    words = _words(text)
    if len(text) > _LONGEST or words is None:
        return []
    found: list[date] = []
    for month, day, year in _orders(words):
        found += [each for each in _dates(month, day, year, today) if each not in found]
    return found


def from_form(fields: Mapping[str, str], *, today: date) -> list[date]:
    """The same from the fields `month`, `day`, `year`, or from `date`; a whole date pasted into any is read."""
    typed = [fields.get(name, "").strip() for name in ("month", "day", "year")]
    for text in [fields.get("date", ""), *typed]:
        if found := readings(text, today=today):
            return found
    return _three_fields(typed, today) if all(typed) else []


def _three_fields(typed: list[str], today: date) -> list[date]:
    """Labelled fields have one order only."""
    month, day, year = (_words(text) for text in typed)
    if not (month and day and year) or not len(month) == len(day) == len(year) == 1:
        return []
    return _dates(month[0], day[0], year[0], today)


def _words(text: str) -> list[str] | None:
    """Numbers as ASCII digits and months as `m3`, in the order typed; None where another word stands among them."""
    plain = "".join(_plain(char) for char in unicodedata.normalize("NFKD", text.casefold()))
    words: list[str] = []
    for word in re.findall(r"[0-9]+|[^\W\d_]+", plain):
        if word.isdecimal():
            words.append(word)
        elif month := _month_named(word):
            words.append(f"m{month}")
        elif word not in _FILLERS:
            return None
    return words


def _plain(char: str) -> str:
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    return "" if unicodedata.combining(char) or unicodedata.category(char) == "Cf" else char


def _month_named(word: str) -> int | None:
    """The month whose name begins so; three letters tell them all apart."""
    if len(word) < 3:
        return None
    return next((month for month, names in _MONTHS.items() if any(name.startswith(word) for name in names)), None)


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
