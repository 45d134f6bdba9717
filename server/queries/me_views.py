"""The shapes of what a staff screen knows about its user. See `views`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.queries import inbox_views, note_views, tag_views, views


class MyUser(msgspec.Struct, frozen=True):
    """The member of staff who is signed in."""

    id: UUID
    name: str
    initials: str
    role: Literal["member", "supervisor", "admin", "operator"]


class PrivateWords(msgspec.Struct, frozen=True):
    """What a clinic changed of the list of words that look private (`private_words.json`).

    `more` count too, where `*` at an end stands for any letters; `fewer` count for nothing.
    """

    more: list[str]
    fewer: list[str]


class MyOrganization(msgspec.Struct, frozen=True):
    """The clinic of the member of staff who is signed in.

    At `review_age` (years) proxies are reviewed; whoever begins to answer has a conversation for `claim_minutes`. A
    broadcast to more than `broadcast_alone` patients needs a second person, and news leaves out who got
    `broadcast_most` broadcasts in a week (0: nobody). `is_starting`: the first steps are not done yet.
    """

    id: UUID
    name: str
    phone: str
    zone: str
    plan: Literal["none", "trial", "paid", "suspended"]
    plan_ends_at: datetime | None
    is_starting: bool
    review_age: int
    claim_minutes: int
    broadcast_alone: int
    broadcast_most: int
    private_words: PrivateWords


class Flag(msgspec.Struct, frozen=True):
    """The message `number` of a conversation may be urgent, and nobody has looked. `task`: what is to be done."""

    conversation: UUID
    task: UUID
    number: int


class MyTeam(msgspec.Struct, frozen=True):
    """A team whose inbox this person may read; a supervisor observes where `is_member` is false.

    `needs_reply` and `unread` count its conversations as the lists of these names do; `oldest_wait` (UTC) is since when
    the first of the former waits. `urgent` is what came within half an hour and nobody has looked at, and
    `urgent_strays` the texts of unknown senders of which the same is true. The first of its `numbers` (E.164) is the
    one that it writes from where nothing else was chosen; `labels` are what the clinic calls those that have a name.
    """

    id: UUID
    name: str
    is_member: bool
    numbers: list[str]
    needs_reply: int
    unread: int
    oldest_wait: datetime | None
    strays: int
    urgent: list[Flag] = []
    urgent_strays: list[UUID] = []
    labels: dict[str, str] = {}


class NumberLine(msgspec.Struct, frozen=True):
    """A number of a team (E.164), and what the clinic calls it."""

    team: UUID
    team_name: str
    number: str
    label: str | None


class Limits(msgspec.Struct, frozen=True):
    """How many characters a message may have: behind the link, and as normal SMS; and how long it can be undone.

    After `lock_seconds` without keyboard or pointer a screen is locked.
    """

    body: int
    plain: int
    undo_seconds: int
    lock_seconds: int


class Mention(msgspec.Struct, frozen=True):
    """A note that calls on me. `seen_at` is when I opened its conversation after that."""

    note: note_views.Note
    team: UUID
    patient: views.RowPatient
    seen_at: datetime | None


class Here(msgspec.Struct, frozen=True):
    """Whose session this is: enough to lock and unlock its screens, and nothing of the clinic's work."""

    user: MyUser
    clinic: str
    locked: bool
    csrf: str


class BesideMe(msgspec.Struct, frozen=True):
    """A colleague who is signed in in the same browser. `base` is what their addresses begin with, such as `/~2`."""

    user: MyUser
    base: str


class Others(msgspec.Struct, frozen=True):
    """`free` is what the addresses of somebody begin with who signs in beside them all; null where there is no room."""

    people: list[BesideMe]
    free: str | None


class SavedView(inbox_views.Filters, frozen=True, kw_only=True):
    """A list that I come back to: a view of one `team`'s inbox (null: of all), with its filters.

    I may have lost the team since, the clinic may have retired the tag, and the assignee may have left.
    """

    id: UUID
    name: str
    team: UUID | None
    view: views.View


class Me(msgspec.Struct, frozen=True):
    """Everything a staff screen needs to know about its user. `mentions` counts those I have not seen.

    `tags` are those that can be put on a conversation, `saved_views` the lists that I come back to, the oldest first.
    `push_key` is our public key for notices on this computer; null where there are none. `is_new`: no team of the
    clinic has ever written with a patient. At `session_ends_at` (UTC) the session ends, whatever is done meanwhile.
    `letters` counts those of the people who run BloomText that no admin has seen; for others none.
    """

    user: MyUser
    organization: MyOrganization
    teams: list[MyTeam]
    csrf: str
    build: str
    limits: Limits
    sending: list[views.WayOut]
    mentions: int
    tags: list[tag_views.Tag]
    saved_views: list[SavedView]
    push_key: str | None
    session_ends_at: datetime
    is_new: bool = False
    letters: int = 0
