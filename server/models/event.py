"""What was done with a conversation as a whole, and to its patient's record: lines of its timeline."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation
from server.models.user import User


class EventKind(StrEnum):
    """What happened to a conversation; from `TEXTS_OFF` on, to its patient's record."""

    ASSIGNED = "assigned"
    RELEASED = "released"
    SNOOZED = "snoozed"
    WOKE = "woke"
    MARKED = "marked"
    UNMARKED = "unmarked"
    DONE = "done"
    REOPENED = "reopened"
    TEXTS_OFF = "texts_off"
    TEXTS_ON = "texts_on"
    MAILS_OFF = "mails_off"
    MAILS_ON = "mails_on"
    AGREED = "agreed"
    WITHDREW = "withdrew"
    CONTACT = "contact"
    UNPROVEN = "unproven"
    LOCKED = "locked"
    UNLOCKED = "unlocked"


class Event(Record):
    """One line between the messages of a conversation; never changed. `number` is the newest message it stands after.

    `user` did it; null: it happened by itself. `to` is whose work it became or, of `released`, whose it was.
    `until` is how long it is snoozed; `why` a code for what made it happen, or why it was done though the
    patient waited; `words_sealed` say that in words. Of a wish `why` is its `StopSource`, of a consent its `ConsentTo`,
    of a contact `phone` or `email`.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="events"
    )
    number = fields.IntField()
    kind = fields.CharEnumField(EventKind, max_length=12)
    user_id: UUID | None
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="events"
    )
    to_id: UUID | None
    to: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="events_about"
    )
    until = fields.DatetimeField(null=True)
    why = fields.CharField(max_length=20, null=True)
    words_sealed = fields.BinaryField(null=True)

    class Meta:
        table = "event"
        indexes = (("conversation_id", "number"),)
