"""The shapes of a patient's phones and mailboxes. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.queries import family_views


class PatientContact(msgspec.Struct, frozen=True):
    """One phone or mailbox of a patient's, as staff see it.

    `preferred`: messages go there by themselves. `owner` is who it belongs to, null: the patient. `line` is null where
    nobody knows. `verified_at` is when somebody last made sure that it is the patient's, `proven_at` when they last
    wrote from there or opened a link that went there. `shared`: another patient has it too. `why` is the code of what
    is in the way of a secure message to it, with its `words`; null: it can be used.
    """

    id: UUID
    kind: Literal["phone", "email"]
    value: str
    display: str
    preferred: bool
    label: Literal["mobile", "home", "work"] | None
    owner: family_views.RelationName | None
    owner_name: str | None
    line: Literal["mobile", "landline", "voip"] | None
    line_from: Literal["staff", "carrier"] | None
    verified_at: datetime | None
    verified_how: Literal["link", "answer", "staff"] | None
    proven_at: datetime | None
    shared: bool
    paused: bool
    why: str | None
    words: str | None


class PatientContacts(msgspec.Struct, frozen=True):
    """All phones and mailboxes of a patient, the preferred ones first of their kind; `rev` is that of the entry."""

    patient: UUID
    rev: int
    contacts: list[PatientContact]
