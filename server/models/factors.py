"""What proves who a member of staff is, beside their password and the secret of their authenticator."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.user import User


class RecoveryCode(Record):
    """One of the codes that a User keeps on paper for a lost phone. Only a keyed fingerprint is here; it works once."""

    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="recovery_codes"
    )
    code_hash = fields.CharField(max_length=32)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recovery_code"
        unique_together = (("user", "code_hash"),)
