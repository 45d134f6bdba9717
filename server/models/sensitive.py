"""Who may open what their team may not: the people named at a sensitive conversation, and a broken glass."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation


class NamedReader(Record):
    """This user may open this sensitive conversation while they are in its team; gone with the mark."""

    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="named_readers"
    )
    user_id = fields.UUIDField()

    class Meta:
        table = "named_reader"
        unique_together = (("conversation", "user_id"),)
        indexes = (("user_id",),)


class BreakGlass(Record):
    """Somebody reads all of a patient until `ends_at`, whoever's inbox it is in, for a reason that they typed.

    It is of one session and ends with it; `ended_at`: before its time, by whoever broke it or by an admin (`ended_by`).
    """

    organization_id = fields.UUIDField()
    user_id = fields.UUIDField()
    session_id = fields.UUIDField()
    patient_id = fields.UUIDField()
    reason_sealed = fields.BinaryField()
    ends_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    ended_by_id = fields.UUIDField(null=True)

    class Meta:
        table = "break_glass"
        indexes = (("session_id", "ends_at"), ("organization_id", "created_at"), ("patient_id",))
