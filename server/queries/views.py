"""The shapes that leave the house: what a staff screen or a patient's page may be given, and nothing more.

Pages, the staff API, catch-up and the sockets all send these, so there is one description of what may be seen.
The words for them are in `docs/contract.md` §3; TypeScript types and the OpenAPI document are made from here.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from server import urgent_phrases
from server.queries.consent_views import Consent
from server.queries.draft_views import ChosenFile, Draft
from server.queries.family_views import Person, Proxy, Receipt
from server.queries.file_views import File
from server.queries.note_views import Note
from server.queries.tag_views import Tag
from server.queries.task_views import Task
from server.queries.work_views import Colleague, WorkEvent

ViaName = Literal["sms", "secure_sms", "secure_email", "portal", "email"]
SendableName = Literal["sms", "secure_sms", "secure_email"]
DeliveryState = Literal["waiting", "sending", "sent", "delivered", "failed", "uncertain", "cancelled"]
Carrier = Literal["text", "email"]
Next = Literal["nothing", "wait", "retry", "other_way", "call", "check_contact", "ask_start", "ask_consent", "admin"]
Trouble = Literal["failed", "uncertain"]
View = Literal[
    "needs_reply", "mine", "unassigned", "open", "waiting", "snoozed", "undelivered", "not_read", "tasks", "unread",
    "done",
]  # fmt: skip


class Delivery(msgspec.Struct, frozen=True):
    """How far a message, or its notice, has come by one carrier.

    `reason` is a code of `server/reasons.py`, never a carrier's text; `words` say it and `next` what helps. While it
    waits, `due_at` is when it goes out.
    """

    id: UUID
    by: Carrier
    purpose: Literal["first", "retry", "reminder", "other_way", "broadcast"]
    state: DeliveryState
    reason: str | None
    words: str | None
    next: Next | None
    at: datetime
    due_at: datetime | None
    can_retry: bool


class Recalled(msgspec.Struct, frozen=True):
    """Somebody took the message back before the patient had viewed it."""

    at: datetime
    by: str


class Later(msgspec.Struct, frozen=True):
    """A message that waits for its time. `zone` is the patient's, in which the time was chosen. `by` is its writer's
    name, and says so where they are not in the team any more: it goes all the same, unless a colleague cancels it.

    `to` are contacts of the patient's by which it goes instead of the preferred ones.
    With `words` its time has come and it could not be sent, for that reason: it waits for a person to cancel it.
    """

    id: UUID
    via: SendableName
    both: bool
    body: str
    at: datetime
    zone: str
    by: str
    words: str | None
    patient_only: bool = False
    to: list[UUID] = []


class BroadcastRef(msgspec.Struct, frozen=True):
    """The broadcast that a message belongs to, or answers."""

    id: UUID
    title: str


class Message(msgspec.Struct, frozen=True):
    """Somebody's words, as staff see them. `number` counts from 1 without a gap in its conversation.

    `delivery` is the one that came furthest, `deliveries` are all of them, the oldest first. Until `undo_until` nothing
    has left the house; with `can_recall` a secure message can still be taken back, because nobody has viewed it. One
    that is `patient_only` is shown to no proxy. `at` is when it came; `sent_at` when a text that came a minute or more
    after that was sent. `broadcast` is the one that staff's words are part of, or that the patient's words answer.
    """

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
    deliveries: list[Delivery]
    receipts: list[Receipt]
    files: list[File]
    recalled: Recalled | None
    undo_until: datetime | None
    can_recall: bool
    unencrypted: bool
    patient_only: bool = False
    sent_at: datetime | None = None
    broadcast: BroadcastRef | None = None


class RowPatient(msgspec.Struct, frozen=True):
    """As much of a patient as a row of the inbox shows."""

    id: UUID
    rev: int
    name: str
    initials: str
    language: str


class Last(msgspec.Struct, frozen=True):
    """The newest message of a conversation, cut to one line of at most 120 characters.

    `who` wrote it; `proxy` is their id where they act for the patient. `viewed_at` is when the patient first viewed it;
    where only somebody who acts for them did, it is when that was, and `viewed_by` says who. `sent_at` as in `Message`.
    """

    number: int
    sender: Literal["staff", "patient"] = msgspec.field(name="from")
    who: str
    via: ViaName
    preview: str
    at: datetime
    delivery: DeliveryState | None
    viewed_at: datetime | None
    proxy: UUID | None = None
    viewed_by: str | None = None
    sent_at: datetime | None = None


class Row(msgspec.Struct, frozen=True):
    """One conversation in a staff list. Whatever has the higher `rev` is the newer truth.

    `assignee` has it; where it is only claimed, until `claimed_until`. Until `snoozed_until` it is only among what is
    open and snoozed; with `snoozed_for_reply` that is the latest. With `priority` it is first in what needs a reply.
    Since `not_read_since` a message waits unread. `opted_out`: texts from the number that it goes on from to the
    patient's phone are stopped. `writers` have begun to write here. Where its team has several numbers, texts leave
    from `number`; with `number_lost` because the one that the patient wrote to, or that was chosen, cannot be used now.
    It goes by this `way`, as its newest message did; null: there is none. What is `sensitive` is in nobody's lists but
    its assignee's and those of who is named.
    """

    id: UUID
    team: UUID
    rev: int
    patient: RowPatient
    state: Literal["open", "done"]
    needs_reply_since: datetime | None
    trouble: Trouble | None
    tasks: list[Task]
    later: list[Later]
    tags: list[Tag]
    last: Last | None
    updated_at: datetime
    assignee: Colleague | None = None
    claimed_until: datetime | None = None
    snoozed_until: datetime | None = None
    priority: bool = False
    not_read_since: datetime | None = None
    opted_out: bool = False
    writers: list[Colleague] = []
    number: str | None = None
    number_lost: bool = False
    snoozed_for_reply: bool = False
    way: SendableName | None = None
    sensitive: bool = False


class Way(msgspec.Struct, frozen=True):
    """Whether a patient can be written to in this way and, if not, why not (a code of `domain/ways.py`)."""

    can: bool
    why: str | None


class Ways(msgspec.Struct, frozen=True):
    """The three ways of writing."""

    sms: Way
    secure_sms: Way
    secure_email: Way


class Stop(msgspec.Struct, frozen=True):
    """The patient wants no more texts from this number of ours, or (without a number) no more mails."""

    by: Carrier
    number: str | None
    at: datetime
    source: Literal["keyword", "staff", "portal", "mail", "carrier", "list"]


class ContactState(msgspec.Struct, frozen=True):
    """What we know of a patient's phone or mailbox. While it is paused nothing is sent there; `words` say why."""

    proven_at: datetime | None
    paused_at: datetime | None
    pause: str | None
    words: str | None


class ConversationRef(msgspec.Struct, frozen=True):
    """A conversation of a patient that the asker may open."""

    id: UUID
    team: UUID


class Patient(msgspec.Struct, frozen=True):
    """A directory entry, as staff of its organization see it; no quiet hours: the clinic's.

    Since `archived_at` it is in no list, since `deceased_at` nothing goes by itself; `earlier` came in by a merge.
    """

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
    zone: str
    private_mode: bool
    phone_state: ContactState | None
    email_state: ContactState | None
    stops: list[Stop]
    consents: list[Consent]
    conversations: list[ConversationRef]
    quiet_from: int | None
    quiet_until: int | None
    reminders: bool
    news: bool
    proxies: list[Proxy] = []
    archived_at: datetime | None = None
    deceased_at: datetime | None = None
    earlier: list[ConversationRef] = []
    more_contacts: bool = False


class Decision(msgspec.Struct, frozen=True):
    """What the gate said to one thing that wanted to go out of a conversation, and the codes of its reasons.

    `path` says who asked, `carries` what it was; `message` and `delivery` are null where nothing came of it.
    """

    at: datetime
    path: str
    carries: Literal["text", "notice_sms", "notice_email"]
    outcome: Literal["go", "hold", "refuse"]
    reasons: list[str]
    message: UUID | None
    delivery: UUID | None


class StreamAt(msgspec.Struct, frozen=True):
    """How far a snapshot has seen a stream: say hello with this."""

    id: UUID
    epoch: str
    at: int


class Thread(msgspec.Struct, frozen=True):
    """One conversation: its row, its patient, and a page of messages, oldest of the page first.

    `notes` stand under the messages of this page, as does what was done with the conversation (`events`).
    `drafts` are mine alone, as are the `files` that I have added and not sent; both come with the newest page.
    """

    streams: list[StreamAt]
    row: Row
    patient: Patient
    messages: list[Message]
    notes: list[Note]
    before: int | None
    seen: int
    events: list[WorkEvent] = []
    drafts: list[Draft] = []
    files: list[ChosenFile] = []


class WayOut(msgspec.Struct, frozen=True):
    """How one way out of the house does: `since` when it is in trouble (null: it is well), and how many wait for it."""

    by: Carrier
    since: datetime | None
    words: str | None
    waiting: int


class StrayText(msgspec.Struct, frozen=True):
    """One text of an unknown sender. `urgent` is what it may be urgently about. `sent_at` as in `Message`."""

    id: UUID
    body: str
    at: datetime
    urgent: list[urgent_phrases.Urgent] = []
    sent_at: datetime | None = None


class Acting(msgspec.Struct, frozen=True):
    """Somebody who acts for a patient, and how staff call them, such as *Rosa Vega (mother of Tomás)*."""

    proxy: UUID
    name: str
    patient: RowPatient


class Stray(msgspec.Struct, frozen=True):
    """An unknown sender and what they wrote to a number of a team's. `candidates` are patients who share the phone.

    `acting` have this phone or mailbox and may write for their patient to this team now: what is given to that patient
    is theirs. `may_be_opt_out`: somebody must say whether the sender wants no more texts.
    """

    id: UUID
    team: UUID
    number: str
    sender: str
    sender_display: str
    texts: list[StrayText]
    candidates: list[RowPatient]
    acting: list[Acting]
    may_be_opt_out: bool


class PortalMessage(msgspec.Struct, frozen=True):
    """A message as the patient or a proxy sees it: no codes, no delivery, no staff ids. `key` only on the reader's own.

    `family` is the patient where a proxy reads, and a proxy where anybody else of the family does; `who` says which.
    What is `private` no proxy is shown.
    One that was taken back is left out of pages; on the wire it comes with `gone` and without words. `care_read`:
    somebody on the staff has read what the patient wrote. `urgent`, of the reader's own: the words may be urgent.
    """

    number: int
    sender: Literal["you", "care", "family"] = msgspec.field(name="from")
    who: str
    body: str
    at: datetime
    key: str | None
    viewed: bool
    unencrypted: bool
    gone: bool
    files: list[File]
    care_read: bool
    private: bool = False
    urgent: bool = False
