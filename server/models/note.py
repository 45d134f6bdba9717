"""What colleagues tell each other about a patient. It is no Message, so nothing that sends or shows those finds it."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation
from server.models.user import User


class Note(Record):
    """Words of one member of staff for the others of the team; never edited, never sent, never shown to a patient.

    `number` counts the notes of its conversation without a gap. `after` is the number of the newest message when it was
    written, 0 before the first: its place in the timeline. `key` and `fingerprint` as those of a Message.
    `mentioned` are the colleagues it calls on, as JSON of `work_views.Colleague`, with the names that its words have.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="notes"
    )
    number = fields.IntField()
    after = fields.IntField()
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="notes"
    )
    key = fields.CharField(max_length=64)
    fingerprint = fields.CharField(max_length=32)
    body_sealed = fields.BinaryField()
    mentioned = fields.TextField(default="[]")

    class Meta:
        table = "note"
        unique_together = (("conversation", "number"), ("conversation", "user", "key"))
        indexes = (("conversation_id", "after"),)


class Mention(Record):
    """A Note calls on a colleague. `seen_at` is when they opened its conversation after that."""

    note_id: UUID
    note: fields.ForeignKeyRelation[Note] = fields.ForeignKeyField(
        "models.Note", on_delete=fields.RESTRICT, related_name="mentions"
    )
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="mentions"
    )
    seen_at = fields.DatetimeField(null=True)

    class Meta:
        table = "mention"
        unique_together = (("note", "user"),)
        indexes = (("user_id", "seen_at"),)
