"""The shapes of whose work a conversation is, and of what was done with it as a whole. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

EventName = Literal[
    "assigned", "released", "snoozed", "woke", "marked", "unmarked", "done", "reopened",
    "texts_off", "texts_on", "mails_off", "mails_on", "agreed", "withdrew", "contact", "unproven", "locked", "unlocked",
]  # fmt: skip


class Colleague(msgspec.Struct, frozen=True):
    """A member of staff, as colleagues see them."""

    id: UUID
    name: str
    initials: str


class Coworker(msgspec.Struct, frozen=True):
    """Somebody else of the clinic's staff. `is_on`: signed in somewhere, with a screen that is not locked."""

    id: UUID
    name: str
    initials: str
    teams: list[str]
    is_on: bool


class Coworkers(msgspec.Struct, frozen=True):
    """All of them, by name."""

    coworkers: list[Coworker]


class WorkEvent(msgspec.Struct, frozen=True):
    """Something that was done with a conversation; it stands after the message with this `number`, 0 before the first.

    `by` did it; null: it happened by itself. `to` is whose work it became or, of `released`, whose it was.
    `until` is how long it is snoozed; `why` a code for what made it happen, such as `patient_wrote` or
    `urgent_words`, or why it is done though the patient waited (`by_phone`, `not_needed`, `other`); `words` say that
    in words.

    Of the patient's record: texts from this team, or mails, stop or go again (`why`: `keyword`, `staff`, `portal`,
    `mail`, `carrier`, `list`), the patient agreed or no longer does (`plain_sms`, `email`), another `phone` or `email`
    is on file, somebody could not prove who they are, had to pause, or was let try again.
    """

    id: UUID
    conversation: UUID
    number: int
    kind: EventName
    at: datetime
    by: Colleague | None
    to: Colleague | None
    until: datetime | None
    why: str | None
    words: str | None


class Members(msgspec.Struct, frozen=True):
    """Who is in a team, by name."""

    members: list[Colleague]
