"""What another program of a clinic shows instead of a password."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.user import User


class ApiKey(Record):
    """A key that an admin (`by`) made for a program. Only its hash is kept, and its last characters, to be told apart.

    `scopes` are words with a space between (`server/access.py`), `teams` ids of those whose conversations it may see;
    null: all of them. It stands for its admin: it is void from the moment when they are none any more.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="api_keys"
    )
    by_id: UUID
    by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="api_keys"
    )
    name = fields.CharField(max_length=80)
    scopes = fields.CharField(max_length=200)
    teams: str | None = fields.TextField(null=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    ending = fields.CharField(max_length=4)
    ends_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_key"
        indexes = (("organization_id", "id"),)
