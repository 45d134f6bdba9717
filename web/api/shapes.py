"""What the staff API reads. Every shape refuses what it does not know (B05)."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from server.domain import patient_contacts, proxies
from server.queries import directory_views, draft_views, inbox_views, reply_views, tag_views, views

Number = Annotated[int, msgspec.Meta(ge=0, le=2_147_483_647)]
"""A message's number, or none before the first."""
Position = Annotated[int, msgspec.Meta(ge=0, le=9_007_199_254_740_991)]
"""A place in a Stream, exact in every browser."""
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern="^[!-~]+$")]
"""The name that a screen gives its message."""
Short = Annotated[str, msgspec.Meta(max_length=200)]


E164 = Annotated[str, msgspec.Meta(max_length=16, pattern=r"^\+[0-9]+$")]
"""A phone number of ours, as `MyTeam.numbers` names it."""


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is sent to us."""


class Nothing(Asked, frozen=True):
    """`{}`."""


class SignIn(Asked, frozen=True):
    """The first factor."""

    email: Annotated[str, msgspec.Meta(max_length=254)]
    password: Annotated[str, msgspec.Meta(max_length=1000)]


class Code(Asked, frozen=True):
    """The second factor."""

    code: Annotated[str, msgspec.Meta(max_length=20)]


class NewMessage(Asked, frozen=True):
    """A message to post. `seen`: the newest number that the writer had on the screen.

    `both`: the notice of a secure message goes by text and by mail. `sure`: a plain text looks private, and the writer
    was shown that. `patient_only`: no proxy of the patient's is shown it. `files` are uploads of the writer's, in their
    order; with some, the body may be empty. `to` are contacts of the patient's, one of a kind, by which it goes instead
    of the preferred ones.
    """

    key: Key
    via: Literal["sms", "secure_sms", "secure_email"]
    body: str
    seen: Number | None = None
    both: bool = False
    sure: bool = False
    patient_only: bool = False
    files: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    to: Annotated[list[UUID], msgspec.Meta(max_length=2)] = []


class NewNote(Asked, frozen=True):
    """Words for the team alone. There is nothing here by which they could be sent.

    `mentions` are colleagues who may read the conversation.
    """

    key: Key
    body: str
    mentions: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []


class NewDraft(Asked, frozen=True):
    """What I have begun to write, and what I chose for it; nothing in `body` ends it.

    `screen` is a name of the asking page's own, by which it knows what it said itself.
    """

    kind: draft_views.DraftKindName
    body: str
    via: Literal["sms", "secure_sms", "secure_email"] | None = None
    both: bool = False
    patient_only: bool = False
    screen: UUID | None = None


class NewTag(Asked, frozen=True):
    """A word to sort conversations by."""

    name: Short
    colour: tag_views.ColourName


class NewView(Asked, inbox_views.Filters, frozen=True, kw_only=True):
    """A list to come back to; `team` null: of all inboxes."""

    name: Short
    view: views.View
    team: UUID | None = None


class Renamed(Asked, frozen=True):
    """Another name for what has one."""

    name: Short


class NewReply(Asked, frozen=True):
    """Words that a clinic says often, by language (`en` at least); `team` null: for the whole clinic."""

    title: Short
    shortcut: Short
    bodies: Annotated[dict[str, str], msgspec.Meta(max_length=10)]
    content: reply_views.ReplyContentName
    team: UUID | None = None


class NewUpload(Asked, frozen=True):
    """A file that is to come: what it is called and is, and how many bytes."""

    key: Key
    name: Short
    media_type: Annotated[str, msgspec.Meta(max_length=100)]
    size: Number


class PieceAt(Asked, frozen=True):
    """Where a piece begins, in bytes."""

    at: Number


class PageWidth(Asked, frozen=True):
    """How many pixels wide a page is wanted."""

    width: Annotated[int, msgspec.Meta(ge=1, le=5000)] = 1440


class Words(msgspec.Struct, frozen=True):
    """What stands on each page."""

    pages: list[str]


class NewLater(Asked, frozen=True):
    """A message to be posted at a time; else as `NewMessage`."""

    key: Key
    via: Literal["sms", "secure_sms", "secure_email"]
    body: str
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    both: bool = False
    sure: bool = False
    patient_only: bool = False
    to: Annotated[list[UUID], msgspec.Meta(max_length=2)] = []


class NewProxy(Asked, frozen=True):
    """Somebody who is to act for a patient; `id` is a UUID of the asker's."""

    id: UUID
    details: proxies.ProxyDetails


class AtRevision(Asked, frozen=True):
    """What is done to a directory entry as the person saw it: at this revision."""

    rev: Number


class NewContact(AtRevision, frozen=True):
    """A further phone or e-mail of a patient; `id` is a UUID of the asker's."""

    id: UUID
    kind: Literal["phone", "email"]
    said: patient_contacts.Said


class ChangedContact(AtRevision, frozen=True):
    """What a phone or e-mail of a patient is, or what is said of it, from now on."""

    said: patient_contacts.Said


class ReviewAge(Asked, frozen=True):
    """At which age (years) of a patient the clinic reviews who acts for them."""

    years: Annotated[int, msgspec.Meta(ge=0, le=150)]


class PrivateWordsChosen(Asked, frozen=True):
    """What the clinic changes of the list of words that look private."""

    more: Annotated[list[Short], msgspec.Meta(max_length=500)]
    fewer: Annotated[list[Short], msgspec.Meta(max_length=500)]


class ClaimLength(Asked, frozen=True):
    """For how long (minutes) whoever begins to answer has a conversation."""

    minutes: Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class UndoTime(Asked, frozen=True):
    """For how long (seconds) what staff send is held, so that they can undo it."""

    seconds: Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class EndedProxy(Asked, frozen=True):
    """Why somebody no longer acts for a patient."""

    why: Literal["asked", "custody", "age", "mistake", "other"]


class NewConversation(Asked, frozen=True):
    """A patient and the team that writes to them, from this number of its if it has several."""

    patient_id: UUID
    team_id: UUID
    number: E164 | None = None


class GoesFrom(Asked, frozen=True):
    """From which of its team's numbers a conversation goes on."""

    number: E164


class PatientAsked(Asked, frozen=True):
    """In which team's conversation an entry is shown, if in one."""

    team: UUID | None = None


class AheadAsked(Asked, frozen=True):
    """From which of a team's numbers somebody would write, if not from the one that it would be."""

    number: E164 | None = None


class Seen(Asked, frozen=True):
    """How far I have read."""

    number: Number


class NewConsent(Asked, frozen=True):
    """The patient agreed, in these words: the exact text that was read out or signed. `evidence` is a file's id."""

    kind: Literal["plain_sms", "email"]
    wording: Annotated[str, msgspec.Meta(max_length=500)]
    source: Literal["spoken", "written"] = "spoken"
    evidence: UUID | None = None


class InboxAsked(Asked, inbox_views.Filters, frozen=True, kw_only=True):
    """Which list; `team` is an id or `all`. With `turned` only what waits long enough since then or later."""

    team: Annotated[str, msgspec.Meta(max_length=40)] = "all"
    view: views.View = "needs_reply"
    after: Short | None = None
    turned: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Chosen(Asked, frozen=True):
    """Patients of my clinic's."""

    patients: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=500)]


class DirectoryAsked(Asked, frozen=True):
    """In which order, and after which page; only who has a tag."""

    sort: directory_views.SortName = "recent"
    after: Short | None = None
    archived: bool = False
    tag: UUID | None = None


class ThreadAsked(Asked, frozen=True):
    """Messages before this number; the newest without one."""

    before: Number | None = None


class PatientFilesAsked(Asked, frozen=True):
    """Files before the page that gave this as its `next`; the newest without one."""

    before: Annotated[str, msgspec.Meta(max_length=200)] | None = None


class Find(Asked, frozen=True):
    """What was typed to find a patient; `archived`: among those who are."""

    find: Short
    archived: bool = False


class Search(Asked, frozen=True):
    """Words to find; `team`: only in that inbox. `before` is the `next` of the page before."""

    q: Short
    team: UUID | None = None
    before: Short | None = None


class FactsAsked(Asked, frozen=True):
    """A cursor in one Stream."""

    stream: UUID
    epoch: Annotated[str, msgspec.Meta(max_length=16)]
    after: Position


class TaskDone(Asked, frozen=True):
    """What was done about a task: a code of its kind."""

    outcome: Annotated[str, msgspec.Meta(max_length=20)]


class SpokenStop(Asked, frozen=True):
    """No more texts from this team's numbers, or no more mails; in which words the patient said so."""

    by: Literal["text", "email"]
    team_id: UUID
    words: Annotated[str, msgspec.Meta(max_length=500)]


class Assigned(Asked, frozen=True):
    """Whose work a conversation is to be, null: nobody's; `seen` is whose it was on the screen."""

    to: UUID | None
    seen: UUID | None | msgspec.UnsetType = msgspec.UNSET


class HandOver(Asked, frozen=True):
    """Whose work a conversation is to be, null: the whole team's; and the words that they need for it.

    `mentions` are other colleagues on whom the words call, `seen` is as in `Assigned`.
    """

    key: Key
    to: UUID | None
    body: str
    mentions: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    seen: UUID | None | msgspec.UnsetType = msgspec.UNSET


class Labelled(Asked, frozen=True):
    """What the clinic calls a number of a team's; nothing takes its label away."""

    number: E164
    label: Short


class WhoIsOnCall(Asked, frozen=True):
    """Who is on call for a team from now until a time; nobody ends it, and then the time is null."""

    who: Annotated[list[UUID], msgspec.Meta(max_length=20)]
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None


class Until(Asked, frozen=True):
    """How long a conversation is to be out of the way. `for_reply`: until the patient writes, at the latest then."""

    until: Annotated[datetime, msgspec.Meta(tz=True)]
    for_reply: bool = False


class Priority(Asked, frozen=True):
    """Whether a conversation stands first among what needs a reply."""

    on: bool


class Done(Asked, frozen=True):
    """Nothing is left to do; `why`, where the patient still waits for an answer, and in which `words`."""

    why: Literal["by_phone", "not_needed", "other"] | None = None
    words: Short = ""
