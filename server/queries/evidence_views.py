"""The shapes of what is known of one message, state by state. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.queries import views

StepName = Literal["accepted", "delivered", "fetched", "pressed", "confirmed", "viewed"]
EvidenceName = Literal[
    "written",
    "accepted",
    "delivered",
    "failed",
    "uncertain",
    "cancelled",
    "fetched",
    "pressed",
    "confirmed",
    "viewed",
    "recalled",
    "moved",
]


class EvidenceStep(msgspec.Struct, frozen=True):
    """One of the states that must not be taken for one another, and when it was reached first; null: not known to be.

    `accepted` by a carrier or mail server, `delivered` to the phone or mailbox, `fetched` (somebody or a machine asked
    for the link), `pressed` (somebody opened it), `confirmed` (they proved who they are), `viewed` (it was on screen).
    """

    name: StepName
    at: datetime | None


class EvidenceEvent(msgspec.Struct, frozen=True):
    """One thing that happened to a message. `to` is only the end of the address; `words` say why, `device` on what."""

    name: EvidenceName
    at: datetime
    by: views.Carrier | None = None
    to: str | None = None
    is_reminder: bool = False
    words: str | None = None
    device: str | None = None
    who: str | None = None


class EvidenceRecord(msgspec.Struct, frozen=True):
    """What is known of one message as of a moment, without its words."""

    message: UUID
    conversation: UUID
    number: int
    via: views.ViaName
    patient: str
    writer: str
    as_of: datetime
    steps: list[EvidenceStep]
    events: list[EvidenceEvent]


class Evidence(msgspec.Struct, frozen=True):
    """A record and its SHA-256 in hex: of its JSON with the keys in alphabetical order and no spaces, in UTF-8."""

    record: EvidenceRecord
    sha256: str
