"""Dates of birth as people and programs write them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from server.importing.columns import DateOrder

OLDEST = 1900
EXCEL_DAY_0 = date(1899, 12, 30)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_WITH_NAME = re.compile(r"([0-9]{1,2})[-/. ]+([a-z]{3,9})[-/. ,]+([0-9]{4}|[0-9]{2})")
_NAME_FIRST = re.compile(r"([a-z]{3,9})[-/. ]+([0-9]{1,2})[ ,]+([0-9]{4}|[0-9]{2})")
_TOGETHER = re.compile(r"(19|20)([0-9]{2})(0[1-9]|1[0-2])([0-9]{2})")
_DAY_NUMBER = re.compile(r"[1-5][0-9]{4}([.]0+)?")
_TIME = re.compile(r"[t ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( ?[ap]m)?( ?(z|[+-][0-9]{2}:?[0-9]{2}))?$")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
NOWHERE = frozenset(("0000-00-00", "00/00/0000", "0/0/0000", "00/00/00", "0"))
"""What programs write where no date is on file."""

Shape = Literal["clear", "month_first", "day_first", "either", "none"]


@dataclass(frozen=True, slots=True)
class Written:
    """A date in its parts as they were written. `shape` is how they can be read; `none`: it is no date.

    With `either`, `month_first` and `day_first`, `first` and `second` are those two numbers; else month and day.
    """

    shape: Shape
    year: str = ""
    first: int = 0
    second: int = 0

    @property
    def is_date(self) -> bool:
        """Whether it looks like a date."""
        return self.shape != "none"


NO_DATE = Written("none")


def written(text: str) -> Written:
    """Take a date apart, without asking whether there is such a day."""
    bare = _TIME.sub("", text.strip().lower())
    if found := _YEAR_FIRST.fullmatch(bare):
        return Written("clear", found[1], int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(bare):
        return _year_last(found[3], int(found[1]), int(found[2]))
    if found := _TOGETHER.fullmatch(bare):
        return Written("clear", found[1] + found[2], int(found[3]), int(found[4]))
    if found := _WITH_NAME.fullmatch(bare):
        return _named(found[3], found[2], found[1])
    if found := _NAME_FIRST.fullmatch(bare):
        return _named(found[3], found[1], found[2])
    return NO_DATE


def is_day_number(text: str) -> bool:
    """Whether it can be a day as Excel counts them: one since May 1927, so that no year is taken for one."""
    return _DAY_NUMBER.fullmatch(text) is not None


def _year_last(year: str, first: int, second: int) -> Written:
    if first > 12 >= second:
        return Written("day_first", year, first, second)
    if second > 12 >= first:
        return Written("month_first", year, first, second)
    return Written("either", year, first, second)


def _named(year: str, name: str, day: str) -> Written:
    month = next((number for number, whole in enumerate(_MONTHS, 1) if whole.startswith(name[:9])), 0)
    return Written("clear", year, month, int(day)) if month else NO_DATE


def day(text: str, order: DateOrder | None, *, today: date) -> date | str:
    """The date of birth that was written, or the code of what is the matter with it.

    A bare number is a day as Excel counts them.
    """
    if is_day_number(text):
        return _between(EXCEL_DAY_0 + timedelta(days=int(text.partition(".")[0])), today)
    said = written(text)
    if not said.is_date:
        return "not_a_date"
    month, number = said.first, said.second
    if said.shape in ("either", "month_first", "day_first"):
        if order is None:
            return "which_is_the_month"
        if order == "day_first":
            month, number = number, month
    year = _year(said.year, today)
    if isinstance(year, str):
        return year
    try:
        return _between(date(year, month, number), today)
    except ValueError:
        return "no_such_day"


def _year(said: str, today: date) -> int | str:
    """The whole year. Two digits that can be of this century and of the last one are asked about."""
    if len(said) == 4:
        return int(said)
    short = int(said)
    return "which_century" if short <= today.year % 100 else OLDEST + short


def _between(value: date, today: date) -> date | str:
    if value > today:
        return "born_later"
    return value if value.year >= OLDEST else "not_a_date"
