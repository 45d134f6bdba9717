"""What a clinic says often, in words that were thought about once."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.user import Team


class ReplyContent(StrEnum):
    """Whether its words may go as a plain text, which anyone who sees the phone can read."""

    PRIVATE = "private"
    MAY_BE_PLAIN = "may_be_plain"


class SavedReply(Record):
    """Words for a message, sealed; of a `team`, or of the whole clinic.

    `bodies_sealed` is JSON from languages to words, English always among them. `shortcut_index` keeps two that are in
    use from having one shortcut: `current` is true or null, and null once it is retired.
    """

    organization_id = fields.UUIDField()
    team_id: UUID | None
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, null=True, related_name="saved_replies"
    )
    title_sealed = fields.BinaryField()
    shortcut_sealed = fields.BinaryField()
    shortcut_index = fields.CharField(max_length=32)
    bodies_sealed = fields.BinaryField()
    content = fields.CharEnumField(ReplyContent, max_length=12)
    current = fields.BooleanField(null=True, default=True)
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "saved_reply"
        unique_together = (("organization_id", "shortcut_index", "current"),)
