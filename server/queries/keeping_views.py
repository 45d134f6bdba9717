"""The shapes of how long a clinic keeps its conversations. See `views`."""

from datetime import datetime
from uuid import UUID

import msgspec

from server.queries.audit_views import AuditPatient


class Keeping(msgspec.Struct, frozen=True):
    """For how many years a conversation is kept from the last thing in it on (null: for ever), and since when the rule
    deletes.
    """

    years: int | None
    starts_at: datetime | None


class GoneConversation(msgspec.Struct, frozen=True):
    """That a conversation was deleted after so many `years` without a word, and how much was in it."""

    id: UUID
    at: datetime
    patient: AuditPatient
    team: str
    messages: int
    notes: int
    files: int
    first_at: datetime | None
    last_at: datetime | None
    years: int


class GoneConversations(msgspec.Struct, frozen=True):
    """The newest first; `next` asks for the page after it."""

    conversations: list[GoneConversation]
    next: str | None
