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


class Passkey(Record):
    """A key of a User's that lives in their device or password manager (WebAuthn); the private half never leaves it.

    `handle_hash` is the SHA-256 of `credential_id` in hex, by which it is found. `sign_count` is what it said of itself
    last; many always say 0.
    """

    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="passkeys"
    )
    handle_hash = fields.CharField(max_length=64, unique=True)
    credential_id = fields.BinaryField()
    public_key = fields.BinaryField()
    sign_count = fields.BigIntField(default=0)
    name = fields.CharField(max_length=60)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "passkey"


class Challenge(Record):
    """Random bytes that a passkey is to sign, once, for one purpose; in `session_id`, or of nobody who is signed in."""

    challenge_hash = fields.CharField(max_length=64, unique=True)
    purpose = fields.CharField(max_length=12)
    session_id = fields.UUIDField(null=True)
    ends_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "challenge"
