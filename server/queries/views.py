"""The shapes that leave the house: what a staff screen or a patient's page may be given, and nothing more.

Pages, the staff API, catch-up and the sockets all send these, so there is one description of what may be seen.
The words for them are in `docs/contract.md` §3; TypeScript types and the OpenAPI document are made from here.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

ViaName = Literal["sms", "secure_sms", "secure_email", "portal"]
DeliveryState = Literal["waiting", "sending", "sent", "delivered", "failed", "uncertain"]
Trouble = Literal["failed", "uncertain"]
View = Literal["needs_reply", "open", "waiting", "undelivered", "unread", "done"]


class Person(msgspec.Struct, frozen=True):
    """Who wrote a message: a member of staff or the patient."""

    kind: Literal["staff", "patient"]
    id: UUID
    name: str
    initials: str


class Delivery(msgspec.Struct, frozen=True):
    """How far a message, or its notice, has come. `reason` is a word of `carrier_codes`, never a carrier's text."""

    id: UUID
    state: DeliveryState
    reason: str | None
    at: datetime
    can_retry: bool


class Receipt(msgspec.Struct, frozen=True):
    """This patient viewed the message at this time, by the server's clock."""

    patient: UUID
    name: str
    initials: str
    at: datetime


class Message(msgspec.Struct, frozen=True):
    """Somebody's words, as staff see them. `number` counts from 1 without a gap in its conversation."""

    id: UUID
    conversation: UUID
    number: int
    rev: int
    key: str
    sender: Person = msgspec.field(name="from")
    via: ViaName
    body: str
    at: datetime
    delivery: Delivery | None
    receipts: list[Receipt]
    unencrypted: bool


class RowPatient(msgspec.Struct, frozen=True):
    """As much of a patient as a row of the inbox shows."""

    id: UUID
    rev: int
    name: str
    initials: str
    language: str


class Last(msgspec.Struct, frozen=True):
    """The newest message of a conversation, cut to one line of at most 120 characters."""

    number: int
    sender: Literal["staff", "patient"] = msgspec.field(name="from")
    who: str
    via: ViaName
    preview: str
    at: datetime
    delivery: DeliveryState | None
    viewed_at: datetime | None


class Row(msgspec.Struct, frozen=True):
    """One conversation in a staff list. Whatever has the higher `rev` is the newer truth."""

    id: UUID
    team: UUID
    rev: int
    patient: RowPatient
    state: Literal["open", "done"]
    needs_reply_since: datetime | None
    trouble: Trouble | None
    last: Last | None
    updated_at: datetime


class Way(msgspec.Struct, frozen=True):
    """Whether a patient can be written to in this way and, if not, why not (a code of `domain/ways.py`)."""

    can: bool
    why: str | None


class Ways(msgspec.Struct, frozen=True):
    """The three ways of writing."""

    sms: Way
    secure_sms: Way
    secure_email: Way


class Consent(msgspec.Struct, frozen=True):
    """The patient agreed to something, in these words, on record with who asked and when."""

    kind: Literal["plain_sms"]
    at: datetime
    by: str
    wording: str


class ConversationRef(msgspec.Struct, frozen=True):
    """A conversation of a patient that the asker may open."""

    id: UUID
    team: UUID


class Patient(msgspec.Struct, frozen=True):
    """A directory entry, as staff of its organization see it."""

    id: UUID
    rev: int
    first_name: str
    last_name: str
    name: str
    initials: str
    date_of_birth: date | None
    mrn: str | None
    phone: str | None
    phone_display: str | None
    email: str | None
    language: str
    prefers: Literal["sms", "email"] | None
    incomplete: bool
    shared_phone: bool
    ways: Ways
    consents: list[Consent]
    conversations: list[ConversationRef]


class StreamAt(msgspec.Struct, frozen=True):
    """How far a snapshot has seen a stream: say hello with this."""

    id: UUID
    epoch: str
    at: int


class Inbox(msgspec.Struct, frozen=True):
    """One page of a staff list with the positions it was read at."""

    streams: list[StreamAt]
    team: str
    view: View
    rows: list[Row]
    seen: dict[UUID, int]
    next: str | None
    counts: dict[str, int]
    now: datetime


class Thread(msgspec.Struct, frozen=True):
    """One conversation: its row, its patient, and a page of messages, oldest of the page first."""

    streams: list[StreamAt]
    row: Row
    patient: Patient
    messages: list[Message]
    before: int | None
    seen: int


class MyUser(msgspec.Struct, frozen=True):
    """The member of staff who is signed in."""

    id: UUID
    name: str
    initials: str
    role: Literal["member", "supervisor", "admin", "operator"]


class MyOrganization(msgspec.Struct, frozen=True):
    """The clinic of the member of staff who is signed in."""

    id: UUID
    name: str
    phone: str
    zone: str
    plan: Literal["none", "trial", "paid", "suspended"]
    plan_ends_at: datetime | None


class MyTeam(msgspec.Struct, frozen=True):
    """A team whose inbox this person may read; a supervisor observes where `is_member` is false."""

    id: UUID
    name: str
    is_member: bool
    numbers: list[str]
    needs_reply: int
    oldest_wait: datetime | None


class Limits(msgspec.Struct, frozen=True):
    """How many characters a message may have: behind the link, and as normal SMS."""

    body: int
    plain: int


class Me(msgspec.Struct, frozen=True):
    """Everything a staff screen needs to know about its user."""

    user: MyUser
    organization: MyOrganization
    teams: list[MyTeam]
    csrf: str
    build: str
    limits: Limits


class PortalMessage(msgspec.Struct, frozen=True):
    """A message as the patient sees it: no codes, no delivery, no staff ids. `key` only on the patient's own."""

    number: int
    sender: Literal["you", "care"] = msgspec.field(name="from")
    who: str
    body: str
    at: datetime
    key: str | None
    viewed: bool
