"""Addresses of a clinic's other programs that are told what happens, and what became of each telling."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.user import User


class Hook(Record):
    """An address that is told of events of some `kinds` (words with a space between).

    What is sent is signed with the secret; until `old_until` with the one before it too. Since `disabled_at` nothing is
    sent, for `disabled_why`; since `removed_at` it is gone.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="hooks"
    )
    by_id: UUID
    by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="hooks"
    )
    url_sealed = fields.BinaryField()
    kinds = fields.CharField(max_length=300)
    secret_sealed = fields.BinaryField()
    old_sealed = fields.BinaryField(null=True)
    old_until = fields.DatetimeField(null=True)
    disabled_at = fields.DatetimeField(null=True)
    disabled_why = fields.CharField(max_length=20, null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "hook"
        indexes = (("organization_id", "removed_at"),)


class HookEvent(Record):
    """Something that happened at a clinic that has a Hook: its kind, and `data` with ids alone. Kept two weeks."""

    organization_id = fields.UUIDField()
    kind = fields.CharField(max_length=30)
    data = fields.TextField()

    class Meta:
        table = "hook_event"
        indexes = (("organization_id", "id"), ("created_at",))


class TellingState(StrEnum):
    """How far the telling of an event has come. `stopped`: the Hook was disabled or removed before it was told."""

    WAITING = "waiting"
    TOLD = "told"
    FAILED = "failed"
    STOPPED = "stopped"


class HookTelling(Record):
    """One event for one Hook. `status` is what the last try was answered with, `why` a code where nobody answered."""

    hook_id: UUID
    hook: fields.ForeignKeyRelation[Hook] = fields.ForeignKeyField(
        "models.Hook", on_delete=fields.RESTRICT, related_name="tellings"
    )
    event_id: UUID
    event: fields.ForeignKeyRelation[HookEvent] = fields.ForeignKeyField(
        "models.HookEvent", on_delete=fields.CASCADE, related_name="tellings"
    )
    state = fields.CharEnumField(TellingState, max_length=10, default=TellingState.WAITING)
    tries = fields.SmallIntField(default=0)
    status = fields.SmallIntField(null=True)
    why = fields.CharField(max_length=20, null=True)
    tried_at = fields.DatetimeField(null=True)

    class Meta:
        table = "hook_telling"
        unique_together = (("hook", "event"),)
