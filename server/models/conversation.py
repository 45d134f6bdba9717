"""One Patient with one Team, and somebody's words in it."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.patient import Patient
from server.models.user import Team, User


class Via(StrEnum):
    """How a message travelled. It never changes after sending."""

    SMS = "sms"
    SECURE_SMS = "secure_sms"
    SECURE_EMAIL = "secure_email"
    PORTAL = "portal"


class Conversation(Record):
    """One Patient with one Team; `current` is true or null, so that there is at most one current one of each pair.

    `last_number` counts its messages without a gap, `rev` every change of it; both move only under the row's lock.
    `needs_reply_since` is the first thing the patient said that nobody has answered. `trouble` is the state of the
    newest staff message's delivery while that is `failed` or `uncertain`.
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
    updated_at = fields.DatetimeField()

    class Meta:
        table = "conversation"
        unique_together = (("team", "patient", "current"),)
        indexes = (("team_id", "is_open", "updated_at"), ("team_id", "needs_reply_since"))


class Message(Record):
    """Somebody's words; never edited. Exactly one of `user` (staff) and `patient` wrote it.

    `key` is the name the author's screen gave it; `fingerprint` a keyed hash of what was asked, so that the same key
    with other content is told apart from a repeat. `carrier_ref` is the carrier's name of a text that came in.
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
    via = fields.CharEnumField(Via, max_length=12)
    key = fields.CharField(max_length=64)
    fingerprint = fields.CharField(max_length=32)
    carrier_ref = fields.CharField(max_length=64, null=True, unique=True)
    body_sealed = fields.BinaryField()

    class Meta:
        table = "message"
        unique_together = (("conversation", "number"), ("conversation", "author_id", "key"))


class Receipt(Record):
    """This Patient viewed this Message: the first time, by our clock. It never moves and never goes."""

    message_id: UUID
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "models.Message", on_delete=fields.RESTRICT, related_name="receipts"
    )
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="receipts"
    )
    session_id = fields.UUIDField()

    class Meta:
        table = "receipt"
        unique_together = (("message", "patient"),)


class Stray(Record):
    """A text whose sender is no patient of ours, or whose number is not one of ours: kept sealed, never answered."""

    phone_number_id = fields.UUIDField(null=True)
    organization_id = fields.UUIDField(null=True)
    carrier_ref = fields.CharField(max_length=64, unique=True)
    content_sealed = fields.BinaryField()

    class Meta:
        table = "stray"
