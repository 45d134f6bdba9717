"""What a clinic wants to be told about its teams, and what it was told."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.user import Team, User


class AlertKind(StrEnum):
    """What is looked at: minutes that the first waits, how many are nobody's or did not arrive, or minutes without a
    member.
    """

    WAIT = "wait"
    UNASSIGNED = "unassigned"
    UNDELIVERED = "undelivered"
    NOBODY = "nobody"


class AlertRule(Record):
    """An alert is raised where more than `over` is reached: minutes of open time, or a count. `team` null: each team's.

    Whoever is on call gets a mail if nobody acknowledges it for `mail_after` minutes; null: nobody does.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="alert_rules"
    )
    team_id: UUID | None
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, null=True, related_name="alert_rules"
    )
    kind = fields.CharEnumField(AlertKind, max_length=12)
    over = fields.SmallIntField()
    mail_after = fields.SmallIntField(null=True)

    class Meta:
        table = "alert_rule"
        unique_together = (("organization", "team", "kind"),)


class Alert(Record):
    """A Team was beyond what a rule of a kind allows; `current` is true or null, so that one of a kind is open.

    `over` was the limit and `reached` what it had come to. It is over by itself, at `resolved_at`. The first who has
    acknowledged it stays; `mailed_at` is when who is on call was written to.
    """

    organization_id = fields.UUIDField()
    team_id: UUID
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, related_name="alerts"
    )
    kind = fields.CharEnumField(AlertKind, max_length=12)
    over = fields.SmallIntField()
    reached = fields.IntField()
    current = fields.BooleanField(null=True, default=True)
    acknowledged_at = fields.DatetimeField(null=True)
    acknowledged_by_id: UUID | None
    acknowledged_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="alerts"
    )
    resolved_at = fields.DatetimeField(null=True)
    mailed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "alert"
        unique_together = (("team", "kind", "current"),)
        indexes = (("organization_id", "current"), ("organization_id", "id"))
