"""The shapes in which an admin reads the audit. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

ActorKind = Literal["staff", "program", "patient", "proxy", "carrier", "system", "visitor"]
ActSort = Literal["looked", "took_out", "wrote", "sent", "changed", "portal", "signed_in", "set_up"]


class AuditPerson(msgspec.Struct, frozen=True):
    """Who did something. Without an id: the carrier, the system, or somebody who was not signed in."""

    kind: ActorKind
    id: UUID | None
    name: str


class AuditPatient(msgspec.Struct, frozen=True):
    """Whom it was about."""

    id: UUID
    name: str


class AuditLine(msgspec.Struct, frozen=True):
    """One entry. `words` follow the name of `who`. `source` is the network address, `session` that of the sign-in.

    `number` is its place in the clinic's chain of seals; null: it is sealed in a few seconds.
    """

    id: UUID
    at: datetime
    did: str
    sort: ActSort | None
    words: str
    who: AuditPerson
    patient: AuditPatient | None
    outcome: str
    source: str | None
    session: UUID | None
    number: int | None


class AuditPage(msgspec.Struct, frozen=True):
    """Fifty entries, the newest first; `next` asks for the page after."""

    lines: list[AuditLine]
    next: str | None


class SeenAs(msgspec.Struct, frozen=True):
    """How often somebody saw a patient in one way."""

    did: str
    words: str
    times: int


class Seer(msgspec.Struct, frozen=True):
    """Somebody who saw something of a patient: how often, when first and last, from which addresses, in what ways."""

    who: AuditPerson
    times: int
    first: datetime
    last: datetime
    sources: list[str]
    ways: list[SeenAs]


class Seers(msgspec.Struct, frozen=True):
    """Who saw a patient, with the entries that were merged into theirs; who saw them last stands first."""

    patient: AuditPatient
    seers: list[Seer]
