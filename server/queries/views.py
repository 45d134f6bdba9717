"""The shapes that leave the house: what a staff screen or a patient's page may be given, and nothing more.

Pages, the staff API, catch-up and the sockets all send these, so there is one description of what may be seen.
The words for them are in `docs/contract.md` §3; TypeScript types and the OpenAPI document are made from here.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server.queries.family_views import Person, Proxy, Receipt

ViaName = Literal["sms", "secure_sms", "secure_email", "portal", "email"]
SendableName = Literal["sms", "secure_sms", "secure_email"]
DeliveryState = Literal["waiting", "sending", "sent", "delivered", "failed", "uncertain", "cancelled"]
Carrier = Literal["text", "email"]
Next = Literal["nothing", "wait", "retry", "other_way", "call", "check_contact", "ask_start", "ask_consent", "admin"]
TaskName = Literal[
    "call_unread", "maybe_opt_out", "wrong_number", "dead_contact", "identity", "review_proxy", "proxy_unreached"
]
DatePart = Literal["day", "month", "year"]
Trouble = Literal["failed", "uncertain"]
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
]
View = Literal["needs_reply", "open", "waiting", "undelivered", "tasks", "unread", "done"]


class Delivery(msgspec.Struct, frozen=True):
    """How far a message, or its notice, has come by one carrier.

    `reason` is a code of `server/reasons.py`, never a carrier's text; `words` say it and `next` what helps. While it
    waits, `due_at` is when it goes out.
    """

    id: UUID
    by: Carrier
    purpose: Literal["first", "retry", "reminder", "other_way"]
    state: DeliveryState
    reason: str | None
    words: str | None
    next: Next | None
    at: datetime
    due_at: datetime | None
    can_retry: bool


class File(msgspec.Struct, frozen=True):
    """What came with a message. `waiting` is still being fetched, `refused` was not taken (`words`).

    Of a document, `width` and `height` are its first page's, in points. `viewed_at`: the patient's first real look at
    it; for staff only.
    """

    id: UUID
    state: Literal["waiting", "kept", "refused"]
    words: str | None
    media_type: str | None
    size: int
    width: int | None
    height: int | None
    name: str | None
    kind: Literal["picture", "document", "text"]
    pages: int | None
    viewed_at: datetime | None


class Upload(msgspec.Struct, frozen=True):
    """A file on its way to a message. `received` bytes are here; `file` once it is kept, `words` why it was not."""

    id: UUID
    received: int
    state: Literal["receiving", "kept", "refused"]
    words: str | None
    file: File | None


class Recalled(msgspec.Struct, frozen=True):
    """Somebody took the message back before the patient had viewed it."""

    at: datetime
    by: str


class Unconfirmed(msgspec.Struct, frozen=True):
    """How somebody could not prove that they are the patient. `tries` were read; `differs` says which parts of all the
    typed dates are other than on file (nothing, where codes were typed). Until `paused_until` no more are read.
    """

    tries: int
    differs: list[DatePart]
    paused_until: datetime | None


class IdentityTry(msgspec.Struct, frozen=True):
    """One of these tries. `dates` is what the typed date can mean; a typed code is not kept.

    `proxy` is the name of whoever acts for the patient, where it was their link.
    """

    at: datetime
    asked: Literal["birth_date", "code"]
    dates: list[date]
    differs: list[DatePart]
    proxy: str | None


class Task(msgspec.Struct, frozen=True):
    """What a person must do in this conversation; `number` is the message it is about. `identity` tells of tries."""

    id: UUID
    kind: TaskName
    at: datetime
    number: int | None
    identity: Unconfirmed | None


class Later(msgspec.Struct, frozen=True):
    """A message that waits for its time. `zone` is the patient's, in which the time was chosen.

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


class Message(msgspec.Struct, frozen=True):
    """Somebody's words, as staff see them. `number` counts from 1 without a gap in its conversation.

    `delivery` is the one that came furthest, `deliveries` are all of them, the oldest first. Until `undo_until` nothing
    has left the house; with `can_recall` a secure message can still be taken back, because nobody has viewed it. One
    that is `patient_only` is shown to no proxy.
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
    tasks: list[Task]
    later: list[Later]
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
    """One line of the consent ledger, the newest of its kind last. `by` is the witness, null where the patient did it
    in the portal; `evidence` the id of a file.
    """

    kind: Literal["plain_sms", "email"]
    gives: bool
    at: datetime
    by: str | None
    wording: str
    source: Literal["spoken", "written", "portal"]
    scope: str
    evidence: UUID | None


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
    """A directory entry, as staff of its organization see it; no quiet hours: the clinic's."""

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
    by: Carrier | None = None
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
    via: ViaName
    patient: str
    writer: str
    as_of: datetime
    steps: list[EvidenceStep]
    events: list[EvidenceEvent]


class Evidence(msgspec.Struct, frozen=True):
    """A record and its SHA-256 in hex: of its JSON with the keys in alphabetical order and no spaces, in UTF-8."""

    record: EvidenceRecord
    sha256: str


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
    strays: int


class Limits(msgspec.Struct, frozen=True):
    """How many characters a message may have: behind the link, and as normal SMS; and how long it can be undone."""

    body: int
    plain: int
    undo_seconds: int


class WayOut(msgspec.Struct, frozen=True):
    """How one way out of the house does: `since` when it is in trouble (null: it is well), and how many wait for it."""

    by: Carrier
    since: datetime | None
    words: str | None
    waiting: int


class StrayText(msgspec.Struct, frozen=True):
    """One text of an unknown sender."""

    id: UUID
    body: str
    at: datetime


class Stray(msgspec.Struct, frozen=True):
    """An unknown sender and what they wrote to a number of a team's. `candidates` are patients who share the phone."""

    id: UUID
    team: UUID
    number: str
    sender: str
    sender_display: str
    texts: list[StrayText]
    candidates: list[RowPatient]


class Me(msgspec.Struct, frozen=True):
    """Everything a staff screen needs to know about its user."""

    user: MyUser
    organization: MyOrganization
    teams: list[MyTeam]
    csrf: str
    build: str
    limits: Limits
    sending: list[WayOut]


class PortalMessage(msgspec.Struct, frozen=True):
    """A message as the patient or a proxy sees it: no codes, no delivery, no staff ids. `key` only on the reader's own.

    `family` is the patient where a proxy reads, and a proxy where anybody else of the family does; `who` says which.
    What is `private` no proxy is shown.
    One that was taken back is left out of pages; on the wire it comes with `gone` and without words. `care_read`:
    somebody on the staff has read what the patient wrote.
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


Opens = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d\Z")]
Closes = Annotated[str, msgspec.Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)\Z")]


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a day, on the clinic's clock: `08:00` to `17:00`; `24:00` is the day's end."""

    opens: Opens
    closes: Closes


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a team answers. `week` has seven days from Monday, `closed` are dates (holidays) of no hours at all.

    `answers_in` counts `unit`. `patients_may_start`: a patient may write into a conversation that is done.
    """

    week: Annotated[list[Annotated[list[Span], msgspec.Meta(max_length=4)]], msgspec.Meta(min_length=7, max_length=7)]
    closed: Annotated[list[date], msgspec.Meta(max_length=100)] = []
    answers_in: Annotated[int, msgspec.Meta(ge=1, le=30)] = 1
    unit: Literal["business_days", "business_hours"] = "business_days"
    patients_may_start: bool = True


class HoursNow(msgspec.Struct, frozen=True):
    """Whether a team is open now. `changes_at` is when that ends, null where it never does."""

    is_open: bool
    changes_at: datetime | None


class TeamHours(msgspec.Struct, frozen=True):
    """A team's hours with where they stand; `hours` and `now` are null where nobody has said any."""

    team: UUID
    name: str
    zone: str
    hours: Hours | None
    now: HoursNow | None
    can_change: bool
