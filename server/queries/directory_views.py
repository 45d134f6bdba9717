"""The shapes of the directory's list. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

SortName = Literal["recent", "name"]


class Listed(msgspec.Struct, frozen=True):
    """As much of a patient as a row of the directory shows: enough to tell two of one name apart.

    `born` is the year, `phone_end` the last two digits. `last_at` is when something last happened in a conversation
    that the asker may read; null where there is none.
    """

    id: UUID
    rev: int
    name: str
    first_name: str
    last_name: str
    initials: str
    born: int | None
    phone_end: str | None
    has_email: bool
    mrn: str | None
    language: str
    incomplete: bool
    archived: bool
    deceased: bool
    last_at: datetime | None


class Listing(msgspec.Struct, frozen=True):
    """One page of 50. `total` is how many the whole list has, on its first page."""

    sort: SortName
    patients: list[Listed]
    next: str | None
    total: int | None
