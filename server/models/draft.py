"""What somebody has begun to write and not sent yet: theirs alone, until it is."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation, Via
from server.models.user import User


class DraftKind(StrEnum):
    """What it is going to be: words for the patient, or a note for the team."""

    MESSAGE = "message"
    NOTE = "note"


class Draft(Record):
    """The words of one member of staff in a conversation, sealed; nobody else is shown more than that there are any.

    `via`, `both` and `patient_only` are what its writer has chosen for the message; null: nothing yet. It goes with the
    message or the note that it becomes, and when its writer leaves the team.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="drafts"
    )
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="drafts"
    )
    kind = fields.CharEnumField(DraftKind, max_length=8)
    via = fields.CharEnumField(Via, max_length=12, null=True)
    both = fields.BooleanField(default=False)
    patient_only = fields.BooleanField(default=False)
    body_sealed = fields.BinaryField()

    class Meta:
        table = "draft"
        unique_together = (("conversation", "user", "kind"),)
        indexes = (("user_id",),)
