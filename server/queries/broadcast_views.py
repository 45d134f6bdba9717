"""The shapes of broadcasts."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server.queries.inbox_views import LanguageName

MOST = 20_000
"""So many patients at the most: what a clinic may send in a day."""
StateName = Literal["draft", "awaiting", "counting", "scheduled", "running", "paused", "stopped", "finished"]
WayName = Literal["secure", "secure_sms", "secure_email", "sms"]
ViaName = Literal["sms", "secure_sms", "secure_email"]
RecipientName = Literal["waiting", "posted", "left_out", "failed", "stopped"]
Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="filter"):
    """Patients of the clinic who are not archived; with `ours` only those who have a conversation with the team.

    `group`: only who is in it. `patient_tag`: only who has it. `tag`: only where the conversation has it. `language`:
    only who reads it. `days`: only where something happened in the conversation within so many days.
    """

    ours: bool = True
    group: UUID | None = None
    patient_tag: UUID | None = None
    tag: UUID | None = None
    language: LanguageName | None = None
    days: Days | None = None


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="list"):
    """These patients."""

    patients: Annotated[list[UUID], msgspec.Meta(max_length=MOST)]


Part = Filter | Listed
Audience = Annotated[list[Part], msgspec.Meta(max_length=10)]
"""Everybody whom any part means, once."""


class Sum(msgspec.Struct, frozen=True):
    """How many recipients are alike in this: `why` is a code, `words` say it."""

    state: RecipientName
    why: str | None
    words: str | None
    many: int


class Funnel(msgspec.Struct, frozen=True):
    """How far those whose message was posted have come. `undelivered` neither arrived nor may still arrive."""

    sent: int
    delivered: int
    viewed: int
    replied: int
    undelivered: int


class Check(msgspec.Struct, frozen=True):
    """What the frozen audience comes to, of those who are not left out.

    `segments`: how many texts the carrier makes of it. `fallback`: how many read another language than the words they
    get. `shared`: how many have a phone that another of them has too. `vias` and `languages` count them. `cents`: about
    what the texts cost, where the operator has said what one does.
    """

    segments: int
    fallback: int
    shared: int
    vias: dict[ViaName, int]
    languages: dict[LanguageName, int]
    cents: int | None = None


class Broadcast(msgspec.Struct, frozen=True):
    """One of a list. `waiting`, `posted`, `left_out`, `failed` and `stopped` add up to `total`.

    `due_at` is when it begins, `why` (in `words`) why it paused by itself. `by` began it.
    """

    id: UUID
    team: UUID
    title: str
    state: StateName
    rev: int
    by: str
    at: datetime
    due_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None
    words: str | None
    total: int
    waiting: int
    posted: int
    left_out: int
    failed: int
    stopped: int


class Detail(msgspec.Struct, frozen=True):
    """All of it. `checked_at` is when its audience was frozen; null: it must be checked before it can go.

    `alone` is how many patients one person may send to without a second one; `can_write`: I am of its team;
    `can_approve`: I may be that second person.
    """

    broadcast: Broadcast
    bodies: dict[LanguageName, str]
    way: WayName
    news: bool
    per_hour: int | None
    filters: list[Filter]
    listed: int
    checked_at: datetime | None
    approved_by: str | None
    sums: list[Sum]
    funnel: Funnel
    check: Check
    alone: int
    can_write: bool
    can_approve: bool


class Recipient(msgspec.Struct, frozen=True):
    """One line of the report. `delivery` is the state of the delivery that came furthest."""

    number: int
    patient: UUID
    name: str
    via: ViaName
    language: LanguageName
    state: RecipientName
    words: str | None
    conversation: UUID | None
    delivery: str | None
    viewed_at: datetime | None
    replied_at: datetime | None


class Recipients(msgspec.Struct, frozen=True):
    """Some of them in their order; `next` is what to ask for the rest with."""

    recipients: list[Recipient]
    next: int | None


class Match(msgspec.Struct, frozen=True):
    """What became of a pasted list: how many patients are meant by it, and the lines that mean nobody or several."""

    matched: int
    unknown: list[str]
    several: list[str]
