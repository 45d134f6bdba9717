"""A message that went to the wrong person, and what a clinic found out about it."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation
from server.models.user import User


class Incident(Record):
    """One message of the team's that went to the wrong person, as who noticed it says it (`account_sealed`).

    `taken_back`: its words were out of reach from then on; otherwise they had been viewed, or had left as a text.
    `viewed_at` is when it was viewed first, if it was, as of then; `links` how many links ended with it, and
    `sha256` the hash of its evidence. An admin closes it with an assessment (45 CFR 164.402): `assessment_sealed` holds
    the words, as JSON, and `is_breach` what follows from them.
    """

    organization_id = fields.UUIDField()
    message_id = fields.UUIDField(unique=True)
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="incidents"
    )
    opened_by_id: UUID
    opened_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="incidents"
    )
    account_sealed = fields.BinaryField()
    taken_back = fields.BooleanField()
    viewed_at = fields.DatetimeField(null=True)
    links = fields.SmallIntField()
    sha256 = fields.CharField(max_length=64)
    closed_at = fields.DatetimeField(null=True)
    closed_by_id: UUID | None
    closed_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="closed_incidents"
    )
    assessment_sealed = fields.BinaryField(null=True)
    is_breach = fields.BooleanField(null=True)

    class Meta:
        table = "incident"
        indexes = (("organization_id", "created_at"),)
