"""Browsers on whose computer staff want notices."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.user import StaffSession, User


class PushSubscription(Record):
    """A browser in which a User has switched notices on. It is posted to only while `session` lives.

    `target_sealed` is its address at the push service with its keys, as JSON; `endpoint_index` the address's blind
    index, one for the installation; `key_index` that of our public key, under which alone the service takes our
    notices; `base` what the addresses of its slot begin with.
    """

    organization_id = fields.UUIDField()
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="push_subscriptions"
    )
    session_id: UUID
    session: fields.ForeignKeyRelation[StaffSession] = fields.ForeignKeyField(
        "models.StaffSession", on_delete=fields.CASCADE, related_name="push_subscriptions"
    )
    endpoint_index = fields.CharField(max_length=32)
    key_index = fields.CharField(max_length=32)
    target_sealed = fields.BinaryField()
    base = fields.CharField(max_length=8, default="")

    class Meta:
        table = "push_subscription"
        unique_together = (("user", "endpoint_index"),)
        indexes = (("organization_id",), ("session_id",))


class PushTold(Record):
    """When a browser was last told of a conversation, and of what kind the notice was."""

    subscription_id: UUID
    subscription: fields.ForeignKeyRelation[PushSubscription] = fields.ForeignKeyField(
        "models.PushSubscription", on_delete=fields.CASCADE, related_name="told"
    )
    conversation_id = fields.UUIDField()
    kind = fields.CharField(max_length=12)
    told_at = fields.DatetimeField()

    class Meta:
        table = "push_told"
        unique_together = (("subscription", "conversation_id"),)
