"""The shapes of what guards records: who may open what is sensitive, and emergency access."""

from datetime import datetime
from uuid import UUID

import msgspec

from server.queries.audit_views import AuditPatient, AuditPerson
from server.queries.work_views import Colleague


class Guarded(msgspec.Struct, frozen=True):
    """Whether a conversation is sensitive, and who is named at it, by name; its assignee may open it too."""

    sensitive: bool
    named: list[Colleague]


class Glass(msgspec.Struct, frozen=True):
    """Emergency access to all of a patient: by whom, why, and until when; `lasts` where it has not ended."""

    id: UUID
    by: Colleague
    patient: UUID
    name: str
    reason: str
    began_at: datetime
    ends_at: datetime
    lasts: bool


class Glasses(msgspec.Struct, frozen=True):
    """The newest first."""

    glasses: list[Glass]


class Alarm(msgspec.Struct, frozen=True):
    """Something out of the ordinary: `emergency`, `took_out`, `misdirected`, `opened_up` (what nobody could open),
    `factors_reset`, `mass_reads`, `failures`, `uncertain`, `nobody` (they wait in what nobody can open), `keys` (what
    goes out could not be opened) or `night` (signed in before five, for the first time in a month); `many` times, by
    `who` if it was one person. `seen_at`: an admin looked, with a `note`.
    """

    id: UUID
    kind: str
    at: datetime
    many: int
    who: Colleague | None
    seen_at: datetime | None
    seen_by: Colleague | None
    note: str


class Alarms(msgspec.Struct, frozen=True):
    """The newest hundred; what nobody has looked at stands first."""

    alarms: list[Alarm]


class UnusualRead(msgspec.Struct, frozen=True):
    """Somebody saw a patient so many times without a reason on record. `why`: `emergency` access, the same `surname`,
    the patient is a `colleague`, or all their conversations are `elsewhere` than in the reader's teams.
    """

    who: AuditPerson
    patient: AuditPatient
    why: list[str]
    times: int
    first: datetime
    last: datetime


class UnusualReads(msgspec.Struct, frozen=True):
    """What nobody has looked into, the newest first; `next` asks for the page after it."""

    reads: list[UnusualRead]
    next: str | None


class Unopened(msgspec.Struct, frozen=True):
    """A sensitive conversation of a `team` that nobody can open, and who could be named: nothing of the patient."""

    conversation: UUID
    team: str
    waits_since: datetime | None
    choices: list[Colleague]
