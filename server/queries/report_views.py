"""Reports as the screens and the files get them: small tables of numbers, with nobody in them."""

from datetime import date
from typing import Literal

import msgspec

ReportName = Literal[
    "volumes",
    "first_replies",
    "first_replies_by_hour",
    "waiting",
    "busy_hours",
    "viewed",
    "failures",
    "identity",
    "opt_outs",
    "broadcasts",
    "not_reached_by_language",
    "not_reached_by_contact",
]
Labels = Literal["day", "week", "hour", "language", "words"]
Unit = Literal["count", "seconds"]


class ReportColumn(msgspec.Struct, frozen=True):
    """A column of numbers: what stands above it, and what they count."""

    name: str
    unit: Unit = "count"


class ReportRow(msgspec.Struct, frozen=True):
    """One line. `label` is a day (of a week its Monday), an hour such as `09:00`, a language's code, or words."""

    label: str
    values: list[float | None]


class Report(msgspec.Struct, frozen=True):
    """A table for the days from `first` to `last` of the clinic's calendar. `labels` says what its lines are; `total`
    is of all of them together, where that is no sum.
    """

    name: ReportName
    first: date
    last: date
    zone: str
    labels: Labels
    head: str
    columns: list[ReportColumn]
    rows: list[ReportRow]
    total: ReportRow | None = None
