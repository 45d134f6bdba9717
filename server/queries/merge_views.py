"""The shapes of two entries that may be one person. See `views`; none of these ever reaches a patient's page."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.queries.views import Patient

SameBy = Literal["name_and_birth_date", "phone_and_first_name", "email_and_first_name"]


class Duplicate(msgspec.Struct, frozen=True):
    """Another entry that may be the same person, and why."""

    patient: Patient
    evidence: list[SameBy]


class Merged(msgspec.Struct, frozen=True):
    """An entry that went into this one; `until` is how long that can be undone."""

    id: UUID
    name: str
    at: datetime
    by: str | None
    until: datetime


class SamePerson(msgspec.Struct, frozen=True):
    """Who may be the same person as a patient, and who went into their entry within 30 days."""

    duplicates: list[Duplicate]
    merges: list[Merged]


class Pair(msgspec.Struct, frozen=True):
    """Two entries that may be one person; the older one first."""

    one: Patient
    other: Patient
    evidence: list[SameBy]


class Pairs(msgspec.Struct, frozen=True):
    """Some of them; `more`: there are others, which show once these are settled."""

    pairs: list[Pair]
    more: bool


class MovingConversation(msgspec.Struct, frozen=True):
    """A conversation that the asker may read and that goes along; `earlier`: it will be done, behind the one that the
    kept entry has with the same team. `scheduled` messages wait in it; where it is done they are cancelled.
    """

    team: UUID
    earlier: bool
    scheduled: int


class MergeAhead(msgspec.Struct, frozen=True):
    """Both entries, and what would go along into the first. What teams have that the asker does not read is not in it.

    `acting` people who act for either would wait until somebody has looked.
    """

    kept: Patient
    merged: Patient
    evidence: list[SameBy]
    conversations: list[MovingConversation]
    groups: int
    tags: int
    acting: int
