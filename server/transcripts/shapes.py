"""What a transcript says. Times are UTC; `local` is the same moment by the clinic's clock, for people."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class Person(msgspec.Struct, frozen=True):
    """Who wrote, or who made the transcript: `staff`, `patient`, or a `proxy` of theirs."""

    kind: str
    name: str


class File(msgspec.Struct, frozen=True):
    """A file of a message; its bytes are not in the transcript."""

    name: str | None
    media_type: str | None
    size: int
    state: str


class Notice(msgspec.Struct, frozen=True):
    """One way that the message, or the notice of it, took. Each time is the first by our clock, or null.

    Accepted by the carrier, delivered to the phone or mailbox, link pressed, and identity confirmed are different
    things. `reason` is why it did not arrive; a patient's copy leaves it out.
    """

    by: str
    purpose: str
    state: str
    accepted_at: datetime | None
    delivered_at: datetime | None
    pressed_at: datetime | None
    confirmed_at: datetime | None
    reason: str | None


class Viewed(msgspec.Struct, frozen=True):
    """Who has viewed the message, and when for the first time."""

    name: str
    at: datetime


class Message(msgspec.Struct, frozen=True):
    """One message. What was taken back keeps its place and loses its words. `sent_at`: when a text that came late was
    sent; it stands where it came.
    """

    number: int
    at: datetime
    local: str
    sender: Person = msgspec.field(name="from")
    via: str
    body: str | None
    taken_back_at: datetime | None
    files: list[File]
    notices: list[Notice]
    viewed: list[Viewed]
    sent_at: datetime | None = None


class Event(msgspec.Struct, frozen=True):
    """Something that was done with the conversation after the message with this `number`, 0 before the first.

    `kind` and `why` are codes; `line` says it in English, as staff read it. `by` is null where it happened by itself.
    """

    number: int
    at: datetime
    local: str
    kind: str
    by: str | None
    to: str | None
    until: datetime | None
    why: str | None
    words: str | None
    line: str


class Content(msgspec.Struct, frozen=True):
    """Everything that the hash is over. `events` are for the chart: in a patient's copy there are none."""

    conversation: UUID
    clinic: str
    clinic_phone: str
    zone: str
    team: str
    patient: str
    date_of_birth: date | None
    mrn: str | None
    messages: list[Message]
    events: list[Event]


class Made(msgspec.Struct, frozen=True):
    """One making of a transcript. `copy` says for whom: the `patient` or the `chart`."""

    id: UUID
    at: datetime
    local: str
    by: Person
    copy: str


class Transcript(msgspec.Struct, frozen=True, tag_field="format", tag="bloomtext-conversation"):
    """The whole document. `sha256` is in hex."""

    version: int
    made: Made
    sha256: str
    content: Content


class Consented(msgspec.Struct, frozen=True):
    """A line of the consent ledger: `wording` is what was shown or read out, `by` the witness where there was one."""

    at: datetime
    local: str
    to: str
    gives: bool
    wording: str
    source: str
    by: str | None


class Acting(msgspec.Struct, frozen=True):
    """Somebody who acts, or acted, for the patient. Without `ends_at` and `ended_at` they still do."""

    name: str
    relation: str
    begins_at: datetime
    ends_at: datetime | None
    ended_at: datetime | None


class Stopped(msgspec.Struct, frozen=True):
    """The patient wants no more texts from this number of the clinic's, or, without a number, no more mails, at this
    phone or mailbox of theirs.
    """

    at: datetime
    by: str
    number: str | None
    source: str
    contact: str


class RecordContent(msgspec.Struct, frozen=True):
    """What is on file of a patient, and their conversations with the `teams` that its maker may read."""

    patient: UUID
    clinic: str
    clinic_phone: str
    zone: str
    teams: list[str]
    name: str
    date_of_birth: date | None
    mrn: str | None
    language: str
    phones: list[str]
    emails: list[str]
    stops: list[Stopped]
    consents: list[Consented]
    acting: list[Acting]
    conversations: list[Content]


class PatientRecord(msgspec.Struct, frozen=True, tag_field="format", tag="bloomtext-patient-record"):
    """The whole document. `sha256` is in hex."""

    version: int
    made: Made
    sha256: str
    content: RecordContent


class Step(msgspec.Struct, frozen=True):
    """One thing that happened to a message; `name` as in its evidence, `to` only the end of an address."""

    name: str
    at: datetime
    by: str | None
    to: str | None
    who: str | None
    device: str | None


class Weighed(msgspec.Struct, frozen=True):
    """The four factors of 45 CFR 164.402(2), as an admin answered them."""

    nature: str
    recipient: str
    viewed: str
    mitigation: str
    is_breach: bool


class IncidentContent(msgspec.Struct, frozen=True):
    """What is known of a message that went to the wrong person, without its words. `patient` is whose entry it was
    written to; `viewed_at` when it had been viewed before it was noticed.
    """

    incident: UUID
    message: UUID
    number: int
    clinic: str
    zone: str
    team: str
    patient: str
    writer: str
    noticed_at: datetime
    noticed_by: str
    account: str
    taken_back: bool
    viewed_at: datetime | None
    links_ended: int
    steps: list[Step]
    closed_at: datetime | None
    closed_by: str | None
    assessment: Weighed | None


class IncidentRecord(msgspec.Struct, frozen=True, tag_field="format", tag="bloomtext-incident"):
    """The whole document. `sha256` is in hex."""

    version: int
    made: Made
    sha256: str
    content: IncidentContent


AnyContent = Content | RecordContent | IncidentContent
Document = Transcript | PatientRecord | IncidentRecord
