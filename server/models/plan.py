"""How a clinic came to its plan: what it asked for, and what the operator decided."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization, Plan


class PlanRequest(Record):
    """An admin of the clinic asked to try or to buy. `current` is true or null: one waits at a time.

    `words_sealed` is what they wrote to the operator; in `area_code` (three digits) they want their number.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="plan_requests"
    )
    wants = fields.CharEnumField(Plan, max_length=10)
    by_id = fields.UUIDField()
    words_sealed = fields.BinaryField(null=True)
    area_code = fields.CharField(max_length=3, null=True)
    current = fields.BooleanField(null=True, default=True)
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "plan_request"
        unique_together = (("organization", "current"),)


class PlanChange(Record):
    """The plan became `plan`, which was `before`; a trial ends at `ends_at`. Only added to."""

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="plan_changes"
    )
    before = fields.CharEnumField(Plan, max_length=10)
    plan = fields.CharEnumField(Plan, max_length=10)
    ends_at = fields.DatetimeField(null=True)

    class Meta:
        table = "plan_change"
        indexes = (("organization_id", "created_at"),)
