"""The shapes of people: who wrote, who viewed, who acts for a patient; and the patient's conversations. See `views`."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

RelationName = Literal["mother", "father", "guardian", "spouse", "child", "caregiver", "other"]
ProxyState = Literal["active", "not_yet", "review", "ended"]


class Proxy(msgspec.Struct, frozen=True):
    """Somebody who acts for the patient, as staff see them. `teams` whose conversations they may see; null: all.

    `state` is `active`, `not_yet` (before `begins_at`), `review` (their access waits for staff to look at it) or
    `ended`. `words` say why the last notice to them did not go; where their phone or mailbox rests because of it,
    `may_restore` it.
    """

    id: UUID
    rev: int
    name: str
    initials: str
    relation: RelationName
    date_of_birth: date | None
    phone: str | None
    phone_display: str | None
    email: str | None
    language: str
    notices: bool
    teams: list[UUID] | None
    begins_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    state: ProxyState
    words: str | None
    may_restore: bool = False


class PortalConversation(msgspec.Struct, frozen=True):
    """One conversation on the page of all of them: with which team, when somebody last wrote, how many are new."""

    id: UUID
    team: str
    at: datetime | None
    unseen: int
    is_open: bool


class Person(msgspec.Struct, frozen=True):
    """Who wrote a message: a member of staff, the patient, or somebody for the patient.

    `proxy` is the id of who acts for the patient; `name` then says who they are to them.
    """

    kind: Literal["staff", "patient"]
    id: UUID
    name: str
    initials: str
    proxy: UUID | None = None


class Receipt(msgspec.Struct, frozen=True):
    """This viewer first saw the message at this time, by the server's clock: the patient, or a `proxy` of theirs."""

    patient: UUID
    name: str
    initials: str
    at: datetime
    device: str | None = None
    proxy: UUID | None = None
    relation: RelationName | None = None
