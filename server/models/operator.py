"""Who runs the house for the clinics, their sessions, and what clinics' admins and they write to each other."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization


class Operator(Record):
    """Somebody who serves all clinics and belongs to none: a User of no clinic, and no reader of any patient's.

    `totp_sealed` is sealed with a key of the installation. Who has left is no longer `active`.
    """

    email = fields.CharField(max_length=254, unique=True)
    name = fields.CharField(max_length=80)
    password_hash = fields.CharField(max_length=200)
    totp_sealed = fields.BinaryField()
    totp_step = fields.BigIntField(default=0)
    active = fields.BooleanField(default=True)

    class Meta:
        table = "operator"


class OperatorSession(Record):
    """A browser an Operator signed in with. Only the hash of its cookie is kept; `complete` once the code was given."""

    operator_id: UUID
    operator: fields.ForeignKeyRelation[Operator] = fields.ForeignKeyField(
        "models.Operator", on_delete=fields.CASCADE, related_name="sessions"
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    complete = fields.BooleanField(default=False)
    seen_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "operator_session"


class Letter(Record):
    """What an admin of a clinic (`user_id`) wrote to the operators, or one of those (`operator_id`) to the clinic.

    Its id is chosen by its writer's page, so that the same letter comes once. `read_at` is when the other side first
    had it on their screen. Never changed otherwise.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="letters"
    )
    user_id = fields.UUIDField(null=True)
    operator_id = fields.UUIDField(null=True)
    words_sealed = fields.BinaryField()
    read_at = fields.DatetimeField(null=True)

    class Meta:
        table = "letter"
        indexes = (("organization_id", "created_at"),)
