"""The kinds of Fact: what other screens must hear of. Closed, past tense, ids only, never words.

A Fact is recorded in one or several Streams in the transaction of its change. What a screen is shown is read when the
Fact is delivered (`realtime/wire.py`), so an old Fact never shows old words.
"""

from typing import ClassVar
from uuid import UUID

import msgspec


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something happened. `kind` is its name on the wire."""

    kind: ClassVar[str]


class MessagePosted(Fact, frozen=True):
    """Somebody wrote: staff, the patient in the portal, or a text came in."""

    kind = "message.posted"
    conversation: UUID
    messages: list[UUID]


class DeliveryChanged(Fact, frozen=True):
    """The deliveries of these messages came further, failed, or became uncertain."""

    kind = "delivery.changed"
    conversation: UUID
    messages: list[UUID]


class MessageChanged(Fact, frozen=True):
    """These messages are other than before: taken back, a picture of theirs has come, staff have read them, or the
    patient has opened a document.
    """

    kind = "message.changed"
    conversation: UUID
    messages: list[UUID]


class MessageViewed(Fact, frozen=True):
    """The patient really saw these messages."""

    kind = "message.viewed"
    conversation: UUID
    messages: list[UUID]


class NoteWritten(Fact, frozen=True):
    """A member of the team wrote these notes for the others."""

    kind = "note.written"
    conversation: UUID
    notes: list[UUID]


class Mentioned(Fact, frozen=True):
    """A colleague's note calls on this user: in their own Stream."""

    kind = "note.mentioned"
    conversation: UUID
    note: UUID


class MentionsSeen(Fact, frozen=True):
    """This user has seen where notes of a conversation call on them: in their own Stream."""

    kind = "mentions.seen"
    conversation: UUID


class DraftChanged(Fact, frozen=True):
    """What this user has begun to write in a conversation is other than before: in their own Stream, without words.

    `kept`: something is still begun there. `screen` is the one that said so, which knows it already.
    """

    kind = "draft.changed"
    conversation: UUID
    kept: bool
    screen: UUID | None = None


class ConversationChanged(Fact, frozen=True):
    """A conversation was opened, marked done, reopened or assigned; or its tasks, tags or what waits changed.

    `events` are lines that this adds to its timeline.
    """

    kind = "conversation.changed"
    conversation: UUID
    events: list[UUID] = []


class ConversationRemoved(Fact, frozen=True):
    """A conversation is gone: its patient was made for words of somebody else's, or its time is over."""

    kind = "conversation.removed"
    conversation: UUID


class ConversationLeft(Fact, frozen=True):
    """A conversation went from this team, whose Stream it is, to another one."""

    kind = "conversation.left"
    conversation: UUID
    team: UUID


class ConversationGuarded(Fact, frozen=True):
    """A conversation is sensitive now, or no longer, or open to others than before: it comes to some screens of its
    team and goes from others.
    """

    kind = "conversation.guarded"
    conversation: UUID
    team: UUID


class ConversationSeen(Fact, frozen=True):
    """A member of staff has read this far: their own mark, on all their screens. Patients hear of MessageChanged."""

    kind = "conversation.seen"
    conversation: UUID
    number: int


class PatientChanged(Fact, frozen=True):
    """A directory entry was made or changed."""

    kind = "patient.changed"
    patient: UUID


class StraysChanged(Fact, frozen=True):
    """A text of an unknown sender came to this team, or somebody settled one. `urgent`: the words of one that came may
    be urgent.
    """

    kind = "strays.changed"
    team: UUID
    urgent: bool = False


class Paged(Fact, frozen=True):
    """Words to this team may be urgent, and this user is on call for it: in their own Stream, without a word."""

    kind = "on_call.paged"
    team: UUID
    conversation: UUID
    task: UUID
    number: int


class HoursChanged(Fact, frozen=True):
    """Somebody said when this team answers, or who is on call for it."""

    kind = "hours.changed"
    team: UUID


class AlertsChanged(Fact, frozen=True):
    """An alert about a team was raised, acknowledged or is over or, without one, a rule for them is another one: in the
    own Stream of whoever answers for the clinic's teams.
    """

    kind = "alerts.changed"
    alert: UUID | None


class PlanChanged(Fact, frozen=True):
    """A clinic's plan is another one, or it asked for one."""

    kind = "plan.changed"


class OrganizationChanged(Fact, frozen=True):
    """What screens know of a clinic beside its plan is other than before: a setting, or the name of a number."""

    kind = "organization.changed"


class NumbersChanged(Fact, frozen=True):
    """A clinic's phone numbers are others, or an order or the registration of one came further."""

    kind = "numbers.changed"


class TagsChanged(Fact, frozen=True):
    """The set of tags of a clinic is another one."""

    kind = "tags.changed"


class PatientTagsChanged(Fact, frozen=True):
    """This tag was put on patients, or taken off some."""

    kind = "patient_tags.changed"
    tag: UUID


class GroupsChanged(Fact, frozen=True):
    """This group of patients is another one: its name, who is in it, or whether it is there."""

    kind = "groups.changed"
    group: UUID


class ImportsChanged(Fact, frozen=True):
    """A run that brings a list of patients in came further."""

    kind = "imports.changed"
    run: UUID


class BroadcastsChanged(Fact, frozen=True):
    """A broadcast of this team was begun, changed, or came further."""

    kind = "broadcasts.changed"
    broadcast: UUID


class SavedViewsChanged(Fact, frozen=True):
    """The lists that somebody comes back to are others; in their own Stream."""

    kind = "views.changed"


class RepliesChanged(Fact, frozen=True):
    """The saved replies of a clinic are others."""

    kind = "replies.changed"


class SendingChanged(Fact, frozen=True):
    """A way out of the house is in trouble, or well again."""

    kind = "sending.changed"


class MembershipBegan(Fact, frozen=True):
    """This user may read this team's inbox from now on."""

    kind = "membership.began"
    team: UUID
    user: UUID


class MembershipEnded(Fact, frozen=True):
    """This user may no longer read this team's inbox."""

    kind = "membership.ended"
    team: UUID
    user: UUID


class PeopleChanged(Fact, frozen=True):
    """The people of a clinic are others: these users' roles, teams or state, or an invitation; in the clinic's Stream.

    `teams`: which teams there are, or what one is called, is other than before.
    """

    kind = "people.changed"
    users: list[UUID] = []
    teams: bool = False


class SessionEnded(Fact, frozen=True):
    """A staff or portal session is over; its sockets go."""

    kind = "session.ended"
    session: UUID


class SessionLocked(Fact, frozen=True):
    """The screens of a staff session are locked; its sockets go until they are unlocked."""

    kind = "session.locked"
    session: UUID


class LinkEnded(Fact, frozen=True):
    """A portal link was revoked; what came in through it goes."""

    kind = "link.ended"
    link: UUID


KINDS: dict[str, type[Fact]] = {
    fact.kind: fact
    for fact in (
        MessagePosted,
        DeliveryChanged,
        MessageChanged,
        MessageViewed,
        NoteWritten,
        Mentioned,
        MentionsSeen,
        DraftChanged,
        ConversationChanged,
        ConversationRemoved,
        ConversationLeft,
        ConversationGuarded,
        ConversationSeen,
        PatientChanged,
        StraysChanged,
        Paged,
        HoursChanged,
        AlertsChanged,
        PlanChanged,
        OrganizationChanged,
        NumbersChanged,
        TagsChanged,
        PatientTagsChanged,
        GroupsChanged,
        ImportsChanged,
        BroadcastsChanged,
        SavedViewsChanged,
        RepliesChanged,
        SendingChanged,
        MembershipBegan,
        MembershipEnded,
        PeopleChanged,
        SessionEnded,
        SessionLocked,
        LinkEnded,
    )
}
