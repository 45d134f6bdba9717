"""The shapes in which other programs of a clinic see its records. They may get more fields, and lose none."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time in UTC, which the OpenAPI document says is one."""
Writer = Literal["clinic", "patient", "proxy"]
How = Literal["sms", "secure_sms", "secure_email", "portal", "email"]
Way = Literal["sms", "secure_sms", "secure_email"]
"""How a program can write: as a normal text, or as a secure message with a notice by text or by mail."""


class ProgramPatient(msgspec.Struct, frozen=True):
    """An entry of the clinic's directory. `phone` is in E.164; `language` a code such as `en`."""

    id: UUID
    first_name: str
    last_name: str
    date_of_birth: date | None
    mrn: str | None
    phone: str | None
    email: str | None
    language: str
    archived: bool
    deceased: bool
    created_at: Instant


class ProgramPatients(msgspec.Struct, frozen=True):
    """A page in the order in which they came; `next` asks for the page after as `after`, null at the end."""

    patients: list[ProgramPatient]
    next: UUID | None


class ProgramConversation(msgspec.Struct, frozen=True):
    """One patient with one team. `last_number` is its newest message's; since `waits_since` the patient waits."""

    id: UUID
    patient: UUID
    team: UUID
    open: bool
    last_number: int
    waits_since: Instant | None
    created_at: Instant
    updated_at: Instant


class ProgramConversations(msgspec.Struct, frozen=True):
    """A page in the order in which they began; `next` as for patients."""

    conversations: list[ProgramConversation]
    next: UUID | None


class ProgramMessage(msgspec.Struct, frozen=True):
    """Somebody's words. `writer_name` is who it was of the clinic's staff. What was taken back has no words.

    `state` is how far the clinic's message came (`waiting`, `sending`, `sent`, `delivered`, `failed`, `uncertain`,
    `cancelled`); `viewed_at` is when it was first seen on the patient's page. `files`: how many came with it.
    """

    id: UUID
    conversation: UUID
    patient: UUID
    number: int
    writer: Writer
    writer_name: str | None
    via: How
    body: str
    at: Instant
    state: str | None
    viewed_at: Instant | None
    taken_back: bool
    files: int


class ProgramMessages(msgspec.Struct, frozen=True):
    """A page, the oldest first; `next` asks for the page after as `after`, null at the end."""

    messages: list[ProgramMessage]
    next: int | None


class ProgramEvent(msgspec.Struct, frozen=True):
    """Something that happened. `data` has ids alone."""

    id: UUID
    type: str
    timestamp: Instant
    data: dict[str, UUID]


class ProgramEvents(msgspec.Struct, frozen=True):
    """A page, the oldest first; `next` asks for the page after as `after`, null where nothing newer is there yet."""

    events: list[ProgramEvent]
    next: UUID | None
