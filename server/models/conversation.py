"""One Patient with one Team, and somebody's words in it."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.patient import Patient
from server.models.proxy import Proxy
from server.models.user import Team, User


class Via(StrEnum):
    """How a message travelled. It never changes after sending."""

    SMS = "sms"
    SECURE_SMS = "secure_sms"
    SECURE_EMAIL = "secure_email"
    PORTAL = "portal"
    EMAIL = "email"
    """Only inwards: somebody answered a mail of ours."""


class Conversation(Record):
    """One Patient with one Team; `current` is true or null, so that there is at most one current one of each pair.

    `last_number` counts its messages without a gap, `rev` every change of it; both move only under the row's lock.
    `last_message_id` is the one that a row shows: the newest, but no broadcast while the patient waits.
    `needs_reply_since` is the first thing the patient said that nobody has answered. `trouble` is the state of the
    newest staff message's delivery while that is `failed` or `uncertain`. `open_tasks` counts what a person must do.
    `care_read` is the highest number that any member of staff has had on screen. `assignee` is the member of the team
    whose work it is; null: nobody's yet. Until `claimed_until` that is a claim, which lapses if they have not written.
    With `is_priority` it stands first among what needs a reply. Until `snoozed_until` it is out of the way of
    the lists, unless the patient writes. `not_read_since` is when the oldest message was posted that nobody has read in
    two days (`domain/not_read.py`). `phone_number_id` is the number of ours that the patient wrote to last, or that
    somebody of the team chose since; null: none yet (`queries/numbers.py`). `way` is `sms`, `secure_sms` or
    `secure_email`, as its newest message went (`domain/way.py`); null: nothing was written. What `is_sensitive` is open
    to its assignee and to who is named (`NamedReader`), and to nobody else of its team.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="conversations"
    )
    team_id: UUID
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, related_name="conversations"
    )
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="conversations"
    )
    current = fields.BooleanField(null=True, default=True)
    is_open = fields.BooleanField(default=True)
    rev = fields.IntField(default=1)
    last_number = fields.IntField(default=0)
    last_message_id = fields.UUIDField(null=True)
    last_from_patient = fields.BooleanField(default=False)
    needs_reply_since = fields.DatetimeField(null=True)
    trouble = fields.CharField(max_length=10, null=True)
    open_tasks = fields.SmallIntField(default=0)
    care_read = fields.IntField(default=0)
    assignee_id: UUID | None
    assignee: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="assigned"
    )
    claimed_until = fields.DatetimeField(null=True)
    snoozed_until = fields.DatetimeField(null=True)
    is_priority = fields.BooleanField(default=False)
    not_read_since = fields.DatetimeField(null=True)
    phone_number_id = fields.UUIDField(null=True)
    way = fields.CharField(max_length=12, null=True)
    is_sensitive = fields.BooleanField(default=False)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "conversation"
        unique_together = (("team", "patient", "current"),)
        indexes = (
            ("team_id", "is_open", "updated_at"),
            ("team_id", "needs_reply_since"),
            ("team_id", "open_tasks"),
            ("assignee_id", "is_sensitive"),
        )


class Message(Record):
    """Somebody's words; never edited. Exactly one of `user` (staff) and `patient` wrote it.

    `key` is the name the author's screen gave it; `fingerprint` a keyed hash of what was asked, so that the same key
    with other content is told apart from a repeat. `carrier_ref` is the carrier's name of a text that came in.
    `proxy` wrote it for the patient. `patient_only`: it is between staff and the patient, and no proxy sees it.
    `recalled_at`: its author, or a colleague, took it back before the patient had viewed it; of the patient's side: it
    was somebody else's, and its words were moved away (`domain/misfiled.py`) and none are left here. `sent_at` is when
    a text that came in late was sent, as its carrier says; it keeps the place in which it came. `sender_sealed` is the
    phone or mailbox that a text or a mail came from, `phone_number_id` the number of ours that a text was to.
    `broadcast_id` is the broadcast that staff's words are part of, or that the patient's words answer.
    """

    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="messages"
    )
    number = fields.IntField()
    rev = fields.IntField()
    author_id = fields.UUIDField()
    user_id: UUID | None
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="messages"
    )
    patient_id: UUID | None
    patient: fields.ForeignKeyNullableRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, null=True, related_name="messages"
    )
    proxy_id: UUID | None
    proxy: fields.ForeignKeyNullableRelation[Proxy] = fields.ForeignKeyField(
        "models.Proxy", on_delete=fields.RESTRICT, null=True, related_name="messages"
    )
    patient_only = fields.BooleanField(default=False)
    via = fields.CharEnumField(Via, max_length=12)
    key = fields.CharField(max_length=64)
    fingerprint = fields.CharField(max_length=32)
    carrier_ref = fields.CharField(max_length=64, null=True, unique=True)
    body_sealed = fields.BinaryField()
    recalled_at = fields.DatetimeField(null=True)
    recalled_by_id = fields.UUIDField(null=True)
    sent_at = fields.DatetimeField(null=True)
    broadcast_id = fields.UUIDField(null=True)
    sender_sealed = fields.BinaryField(null=True)
    phone_number_id = fields.UUIDField(null=True)

    class Meta:
        table = "message"
        unique_together = (("conversation", "number"), ("conversation", "author_id", "key"))


class Receipt(Record):
    """This viewer saw this Message: the first time, by our clock. It never moves and never goes.

    The viewer is the Patient, or the `proxy` who acts for them: `viewer_id` is whoever of the two it was. `device` is a
    code of `server/devices.py`.
    """

    message_id: UUID
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "models.Message", on_delete=fields.RESTRICT, related_name="receipts"
    )
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="receipts"
    )
    proxy_id: UUID | None
    proxy: fields.ForeignKeyNullableRelation[Proxy] = fields.ForeignKeyField(
        "models.Proxy", on_delete=fields.RESTRICT, null=True, related_name="receipts"
    )
    viewer_id = fields.UUIDField()
    session_id = fields.UUIDField()
    device = fields.CharField(max_length=24, null=True)

    class Meta:
        table = "receipt"
        unique_together = (("message", "viewer_id"),)


class TaskKind(StrEnum):
    """What a person must do in a conversation, because no machine can."""

    CALL_UNREAD = "call_unread"
    MAYBE_OPT_OUT = "maybe_opt_out"
    WRONG_NUMBER = "wrong_number"
    DEAD_CONTACT = "dead_contact"
    IDENTITY = "identity"
    REVIEW_PROXY = "review_proxy"
    PROXY_UNREACHED = "proxy_unreached"
    URGENT = "urgent"


class Task(Record):
    """Something a person must do here; `current` is true or null, so that there is one open task of each kind.

    `outcome` is a code for what was done, such as `called` or `stop_texts`.
    """

    organization_id = fields.UUIDField()
    team_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="tasks"
    )
    kind = fields.CharEnumField(TaskKind, max_length=16)
    number = fields.IntField(null=True)
    current = fields.BooleanField(null=True, default=True)
    closed_at = fields.DatetimeField(null=True)
    closed_by_id = fields.UUIDField(null=True)
    outcome = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "task"
        unique_together = (("conversation", "kind", "current"),)


class LaterState(StrEnum):
    """What became of a message that was written for later."""

    WAITING = "waiting"
    SENT = "sent"
    CANCELLED = "cancelled"


class Later(Record):
    """A message to be posted at `due_at`, unless the patient writes first or somebody cancels it.

    `zone` is the one in which the time was chosen; `message_id` what it became. `to` are contacts of the patient's that
    were chosen instead of the preferred ones, in one text with a space between. `why` is a code for why it was not
    posted: while it still waits, for a person.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="later"
    )
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="later"
    )
    key = fields.CharField(max_length=64)
    via = fields.CharEnumField(Via, max_length=12)
    both = fields.BooleanField(default=False)
    patient_only = fields.BooleanField(default=False)
    body_sealed = fields.BinaryField()
    due_at = fields.DatetimeField()
    zone = fields.CharField(max_length=40)
    to = fields.CharField(max_length=80, null=True)
    state = fields.CharEnumField(LaterState, max_length=10, default=LaterState.WAITING)
    why = fields.CharField(max_length=40, null=True)
    message_id = fields.UUIDField(null=True)

    class Meta:
        table = "later"
        unique_together = (("conversation", "user", "key"),)
        indexes = (("state", "due_at"),)


class Stray(Record):
    """A text whose sender is no patient of ours, or whose number is not one of ours: kept sealed, never answered.

    `sender_index` finds the texts of one sender; `settled_at` when a person gave them to a patient or set them aside
    (`outcome`: `attached`, `made` where the patient was made for them, or `dismissed`), and `patient_id` to whom.
    `seen_at`: of what may be urgent, when somebody first had it on screen. `wish` is `open` while somebody must say
    whether the sender wants no more texts; then what they said, `stop_texts` or `keep_texts`.
    """

    phone_number_id = fields.UUIDField(null=True)
    organization_id = fields.UUIDField(null=True)
    team_id = fields.UUIDField(null=True)
    sender_index = fields.CharField(max_length=32, null=True)
    carrier_ref = fields.CharField(max_length=64, unique=True)
    content_sealed = fields.BinaryField()
    seen_at = fields.DatetimeField(null=True)
    settled_at = fields.DatetimeField(null=True)
    settled_by_id = fields.UUIDField(null=True)
    outcome = fields.CharField(max_length=20, null=True)
    patient_id = fields.UUIDField(null=True)
    wish = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "stray"
        indexes = (("team_id", "settled_at"), ("phone_number_id", "sender_index"))


class TextPart(Record):
    """One part of a long text that the carrier did not join; kept until the others are here, five minutes at most."""

    phone_number_id = fields.UUIDField()
    sender_index = fields.CharField(max_length=32)
    ref = fields.CharField(max_length=64)
    part = fields.SmallIntField()
    total = fields.SmallIntField()
    content_sealed = fields.BinaryField()

    class Meta:
        table = "text_part"
        unique_together = (("phone_number_id", "sender_index", "ref", "part"),)


class FileState(StrEnum):
    """How far a file has come: to be fetched, kept, or refused for `why`."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"


class FileKind(StrEnum):
    """What a file is to its reader."""

    PICTURE = "picture"
    DOCUMENT = "document"
    TEXT = "text"


class File(Record):
    """What came with a message, or a paper that proves a consent. Its bytes lie sealed under `FILES_DIR`.

    `media_type` is what we made of it, never what somebody said it was. `source_sealed` is where the carrier keeps it.
    `position` orders the files of one message. Of a document, `width` and `height` are its first page's, in points.
    """

    organization_id = fields.UUIDField()
    patient_id = fields.UUIDField(null=True)
    message_id: UUID | None
    message: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "models.Message", on_delete=fields.RESTRICT, null=True, related_name="files"
    )
    state = fields.CharEnumField(FileState, max_length=8, default=FileState.WAITING)
    why = fields.CharField(max_length=40, null=True)
    media_type = fields.CharField(max_length=60, null=True)
    name_sealed = fields.BinaryField(null=True)
    source_sealed = fields.BinaryField(null=True)
    size = fields.IntField(default=0)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    kind = fields.CharEnumField(FileKind, max_length=8, null=True)
    pages = fields.SmallIntField(null=True)
    position = fields.SmallIntField(null=True)

    class Meta:
        table = "file"
        indexes = (("message_id",), ("patient_id",), ("organization_id", "size"))
