"""By what the words of messages and notes are found, although they are sealed."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from server.models.base import Record
from server.models.conversation import Conversation


class Word(Record):
    """A keyed fingerprint of a word that a Message or a Note has. It goes when the message is taken back.

    `said_id` is the message or the note, `created_at` when that was written. Who may find it, its conversation says.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="words"
    )
    said_id = fields.UUIDField()
    token = fields.CharField(max_length=32)

    class Meta:
        table = "word"
        unique_together = (("said_id", "token"),)
        indexes = (("organization_id", "token", "created_at", "said_id"),)


class Filling(Model):
    """How far an index was made of what was there before it: up to the row `after`, or whole at `done_at`."""

    name = fields.CharField(max_length=20, primary_key=True)
    after = fields.UUIDField()
    began_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "filling"
