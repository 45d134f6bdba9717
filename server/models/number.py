"""How a clinic comes to its phone numbers: what it ordered, and what carriers said of its registration."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.user import Team


class OrderKind(StrEnum):
    """A new number that is rented, or the clinic's own that is brought from another carrier."""

    NEW = "new"
    OWN = "own"


class OrderState(StrEnum):
    """How far an order is.

    `buying`: a post that buys it may have gone out. `bought`: it is the account's, and is being linked. `porting`: the
    carriers are at it. `done` and `refused` are the ends.
    """

    ASKED = "asked"
    BUYING = "buying"
    BOUGHT = "bought"
    PORTING = "porting"
    DONE = "done"
    REFUSED = "refused"


class NumberOrder(Record):
    """A clinic wants this number (`e164`) for a team. `current` is true or null, so that a number is ordered once at a
    time; `is_buying` likewise, so that a clinic buys one at a time.

    `by_id` is the admin, null where the operator ordered. `tried_at` is when the first post that buys it was about to
    go out. `why` is a code, `note` the operator's sentence for the clinic, `carrier` who has a number now that is
    brought along.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="number_orders"
    )
    team_id: UUID
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, related_name="number_orders"
    )
    by_id = fields.UUIDField(null=True)
    kind = fields.CharEnumField(OrderKind, max_length=4)
    e164 = fields.CharField(max_length=16)
    state = fields.CharEnumField(OrderState, max_length=8, default=OrderState.ASKED)
    carrier = fields.CharField(max_length=60, null=True)
    why = fields.CharField(max_length=40, null=True)
    note = fields.CharField(max_length=300, null=True)
    tried_at = fields.DatetimeField(null=True)
    changed_at = fields.DatetimeField()
    current = fields.BooleanField(null=True, default=True)
    is_buying = fields.BooleanField(null=True)

    class Meta:
        table = "number_order"
        unique_together = (("e164", "current"), ("organization", "is_buying"))


class RegistrationOf(StrEnum):
    """What carriers register before they take texts of a US number (10DLC): who writes, and what for."""

    BRAND = "brand"
    CAMPAIGN = "campaign"


class RegistrationState(StrEnum):
    """What carriers said last."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"


class Registration(Record):
    """A step of a clinic's registration with carriers, as the operator told it; the newest of each kind is where it
    stands. `note` is why it was refused, or what the clinic should know. Only added to.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="registrations"
    )
    of = fields.CharEnumField(RegistrationOf, max_length=8)
    state = fields.CharEnumField(RegistrationState, max_length=10)
    note = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "registration"
        indexes = (("organization_id", "created_at"),)
