"""The Facts of `server/facts.py` as a staff socket sees them. `n` is the Fact's number in its stream."""

from uuid import UUID

import msgspec

from server.queries import note_views, views, work_views


class StaffMessagePosted(msgspec.Struct, frozen=True, tag_field="kind", tag="message.posted"):
    """Somebody wrote."""

    n: int
    row: views.Row
    messages: list[views.Message]


class StaffDeliveryChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="delivery.changed"):
    """The deliveries of these messages came further, failed, or became uncertain."""

    n: int
    row: views.Row
    messages: list[views.Message]


class StaffMessageChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="message.changed"):
    """These messages are other than before: taken back, or a picture of theirs has come."""

    n: int
    row: views.Row
    messages: list[views.Message]


class StaffMessageViewed(msgspec.Struct, frozen=True, tag_field="kind", tag="message.viewed"):
    """The patient really saw these messages."""

    n: int
    row: views.Row
    messages: list[views.Message]


class StaffNoteWritten(msgspec.Struct, frozen=True, tag_field="kind", tag="note.written"):
    """A member of the team wrote these notes for the others; the row is as it was."""

    n: int
    notes: list[note_views.Note]


class StaffMentioned(msgspec.Struct, frozen=True, tag_field="kind", tag="note.mentioned"):
    """A note of this colleague's calls on me. Its words are in the conversation, for whoever may still read that."""

    n: int
    conversation: UUID
    note: UUID
    by: work_views.Colleague


class StaffMentionsSeen(msgspec.Struct, frozen=True, tag_field="kind", tag="mentions.seen"):
    """I have seen what calls on me in this conversation, perhaps on another screen of mine."""

    n: int
    conversation: UUID


class StaffDraftChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="draft.changed"):
    """What I have begun to write in this conversation changed: unless `screen` is this one, ask for it again.

    `kept`: something is still begun there.
    """

    n: int
    conversation: UUID
    kept: bool
    screen: UUID | None = None


class StaffConversationChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="conversation.changed"):
    """A conversation was opened, marked done, reopened or assigned; or its tasks, tags or what waits changed.

    `events` are new lines of its timeline.
    """

    n: int
    row: views.Row
    events: list[work_views.WorkEvent] = []


class StaffPatientChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="patient.changed"):
    """A directory entry changed; `rows` are its conversations with this team."""

    n: int
    patient: views.RowPatient
    rows: list[views.Row]


class StaffStraysChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="strays.changed"):
    """A text of an unknown sender came to this team, or somebody settled one: ask `/strays` again. `urgent`: one came
    whose words may be urgent.
    """

    n: int
    team: UUID
    urgent: bool = False


class StaffPaged(msgspec.Struct, frozen=True, tag_field="kind", tag="on_call.paged"):
    """The words of the message `number` may be urgent, and I am on call for that team. `task`: what is to be done."""

    n: int
    team: UUID
    conversation: UUID
    task: UUID
    number: int


class StaffHoursChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="hours.changed"):
    """Somebody said when this team answers, or who is on call for it: ask `/teams/{id}/hours` again."""

    n: int
    team: UUID


class StaffAlertsChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="alerts.changed"):
    """An alert about a team was raised, acknowledged or is over or, without one, a rule for them is another one."""

    n: int
    alert: UUID | None


class StaffPlanChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="plan.changed"):
    """My clinic's plan is another one, or it asked for one: ask `/me` again."""

    n: int


class StaffOrganizationChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="organization.changed"):
    """A setting of my clinic is another one, or the name of one of its numbers: ask `/me` again."""

    n: int


class StaffNumbersChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="numbers.changed"):
    """My clinic's numbers are others, or an order or the registration of one came further: ask `/me` again, and
    `/organization/numbers` where they are shown.
    """

    n: int


class StaffTagsChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="tags.changed"):
    """The set of tags of my clinic is another one: ask `/me` again."""

    n: int


class StaffPatientTagsChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="patient_tags.changed"):
    """A tag was put on patients, or taken off some: who shows what they have asks `/patients/{id}/tags` again."""

    n: int
    tag: UUID


class StaffGroupsChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="groups.changed"):
    """A group of patients is another one, or who is in it: who shows groups asks `/groups` again."""

    n: int
    group: UUID


class StaffEntryChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="entry.changed"):
    """A directory entry was made or changed. In the clinic's Stream, so it names no conversation: who shows it asks."""

    n: int
    patient: UUID


class StaffImportsChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="imports.changed"):
    """A run that brings a list of patients in came further; who watches it asks again."""

    n: int
    run: UUID


class StaffBroadcastsChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="broadcasts.changed"):
    """A broadcast of this team came further; who watches it asks again."""

    n: int
    broadcast: UUID


class StaffViewsChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="views.changed"):
    """My saved views are others: ask `/me` again."""

    n: int


class StaffRepliesChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="replies.changed"):
    """The saved replies of my clinic are others: ask `/replies` again."""

    n: int


class StaffSendingChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="sending.changed"):
    """A way out of the house is in trouble, or well again: ask `/sending` again."""

    n: int


class StaffMembershipBegan(msgspec.Struct, frozen=True, tag_field="kind", tag="membership.began"):
    """This user may read this team's inbox from now on."""

    n: int
    user: UUID
    team: UUID


class StaffMembershipEnded(msgspec.Struct, frozen=True, tag_field="kind", tag="membership.ended"):
    """This user may no longer read this team's inbox."""

    n: int
    user: UUID
    team: UUID


class StaffPeopleChanged(msgspec.Struct, frozen=True, tag_field="kind", tag="people.changed"):
    """The people of my clinic are others: who shows them asks again. Where I am one of `users`, or the `teams` are
    others too: ask `/me` again.
    """

    n: int
    users: list[UUID]
    teams: bool = False


class StaffConversationRemoved(msgspec.Struct, frozen=True, tag_field="kind", tag="conversation.removed"):
    """A conversation is gone with its patient: they had been made for words that were somebody else's."""

    n: int
    conversation: UUID


class StaffConversationLeft(msgspec.Struct, frozen=True, tag_field="kind", tag="conversation.left"):
    """A conversation is no longer this team's. Who reads the other team too hears of it there, perhaps before this."""

    n: int
    conversation: UUID
    team: UUID


class StaffConversationSeen(msgspec.Struct, frozen=True, tag_field="kind", tag="conversation.seen"):
    """My own reading mark moved, perhaps on another screen of mine."""

    n: int
    conversation: UUID
    number: int


class StaffSessionEnded(msgspec.Struct, frozen=True, tag_field="kind", tag="session.ended"):
    """Some session of mine ended; if it was this one, the socket closes with 4501 instead."""

    n: int


class StaffSessionLocked(msgspec.Struct, frozen=True, tag_field="kind", tag="session.locked"):
    """Some session of mine was locked; if it was this one, the socket closes with 4506 instead."""

    n: int


StaffFact = (
    StaffMessagePosted
    | StaffDeliveryChanged
    | StaffMessageChanged
    | StaffMessageViewed
    | StaffNoteWritten
    | StaffMentioned
    | StaffPaged
    | StaffMentionsSeen
    | StaffDraftChanged
    | StaffConversationChanged
    | StaffPatientChanged
    | StaffEntryChanged
    | StaffStraysChanged
    | StaffHoursChanged
    | StaffAlertsChanged
    | StaffPlanChanged
    | StaffOrganizationChanged
    | StaffNumbersChanged
    | StaffTagsChanged
    | StaffPatientTagsChanged
    | StaffGroupsChanged
    | StaffImportsChanged
    | StaffBroadcastsChanged
    | StaffViewsChanged
    | StaffRepliesChanged
    | StaffSendingChanged
    | StaffMembershipBegan
    | StaffMembershipEnded
    | StaffPeopleChanged
    | StaffConversationRemoved
    | StaffConversationLeft
    | StaffConversationSeen
    | StaffSessionEnded
    | StaffSessionLocked
)
