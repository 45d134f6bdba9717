"""The shapes of messages that went to the wrong person. See `views`."""

from datetime import datetime
from uuid import UUID

import msgspec

from server.queries.evidence_views import EvidenceEvent
from server.queries.work_views import Colleague


class Stopped(msgspec.Struct, frozen=True):
    """What could be done at once: whether the words are out of reach, when they were viewed before that, and how many
    links ended.
    """

    id: UUID
    taken_back: bool
    viewed_at: datetime | None
    links: int


class Incident(msgspec.Struct, frozen=True):
    """A message to `name`'s entry that went to the wrong person. `is_breach` is null until an admin closed it."""

    id: UUID
    at: datetime
    by: Colleague
    name: str
    team: str
    taken_back: bool
    viewed_at: datetime | None
    closed_at: datetime | None
    is_breach: bool | None


class Incidents(msgspec.Struct, frozen=True):
    """The newest first; `next` asks for the page after it."""

    incidents: list[Incident]
    next: str | None


class Assessment(msgspec.Struct, frozen=True):
    """The four factors of 45 CFR 164.402(2): what was in it, who got it, whether they viewed it, how far the risk was
    made smaller; and whether it is a breach of which people must be told.
    """

    nature: str
    recipient: str
    viewed: str
    mitigation: str
    is_breach: bool


class IncidentRecord(msgspec.Struct, frozen=True):
    """All that is known of one, without the message's words. `events` are the message's, in order."""

    incident: Incident
    message: UUID
    number: int
    writer: str
    account: str
    links: int
    events: list[EvidenceEvent]
    closed_by: Colleague | None
    assessment: Assessment | None
