"""The shapes of what a search finds. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.queries.views import Patient, RowPatient


class Piece(msgspec.Struct, frozen=True):
    """Some characters of a snippet; `hit`: one of the words that were sought."""

    text: str
    hit: bool


class Hit(msgspec.Struct, frozen=True):
    """A message or a note in which all the words stand, with the characters around the first of them.

    `number` is its own in the conversation. On a screen it stands at the message with the number `at_message`: a note
    under that one, or before the first where it is 0. `by` is who wrote it.
    """

    kind: Literal["message", "note"]
    id: UUID
    conversation: UUID
    team: UUID
    patient: RowPatient
    number: int
    at_message: int
    by: str
    at: datetime
    snippet: list[Piece]


class Found(msgspec.Struct, frozen=True):
    """What was found: patients on the first page, and hits, the newest first. `next` asks for the page after it."""

    patients: list[Patient]
    hits: list[Hit]
    next: str | None


class Beside(msgspec.Struct, frozen=True):
    """A conversation of a patient's, for whoever looks for it among several: `who` wrote its first message, and `line`
    is how that begins. `first_at` and `last_at` are when its first and its newest one came; null: nothing was written.
    """

    id: UUID
    team: UUID
    state: Literal["open", "done"]
    first_at: datetime | None
    last_at: datetime | None
    who: str | None
    line: str | None


class PatientConversations(msgspec.Struct, frozen=True):
    """The conversations of one patient that the asker may read, the one with the newest message first."""

    conversations: list[Beside]
