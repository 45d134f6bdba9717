"""People who may read and write for a patient: a parent, a guardian, a caregiver."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.patient import Patient, Prefers


class Relation(StrEnum):
    """Who a proxy is to the patient."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    SPOUSE = "spouse"
    CHILD = "child"
    CAREGIVER = "caregiver"
    OTHER = "other"


class Proxy(Record):
    """A person of their own who acts for a Patient in some Teams' conversations, from `begins_at` until `ends_at`.

    What says who they are is sealed. `scope` holds the ids of the Teams, in one text with spaces between; null: every
    Team. `paused_at`: their access waits for staff to review it, which is due at `review_at`, and at the age the clinic
    has set; `reviewed_at` is when somebody did. `ended_at`: it is over for good. `trouble` is a code of why the last
    notice to them did not go.
    """

    organization_id = fields.UUIDField()
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="proxies"
    )
    rev = fields.IntField(default=1)
    relation = fields.CharEnumField(Relation, max_length=10)
    name_sealed = fields.BinaryField()
    birth_date_sealed = fields.BinaryField(null=True)
    phone_sealed = fields.BinaryField(null=True)
    email_sealed = fields.BinaryField(null=True)
    phone_index = fields.CharField(max_length=32, null=True, db_index=True)
    email_index = fields.CharField(max_length=32, null=True, db_index=True)
    language = fields.CharField(max_length=8, default="en")
    prefers = fields.CharEnumField(Prefers, max_length=8, null=True)
    notices = fields.BooleanField(default=True)
    scope = fields.TextField(null=True)
    begins_at = fields.DatetimeField()
    ends_at = fields.DatetimeField(null=True)
    review_at = fields.DatetimeField(null=True)
    reviewed_at = fields.DatetimeField(null=True)
    paused_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    ended_by_id = fields.UUIDField(null=True)
    ended_why = fields.CharField(max_length=20, null=True)
    trouble = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "proxy"

    @property
    def teams(self) -> frozenset[UUID] | None:
        """The Teams whose conversations they may see; None: every Team's."""
        return None if self.scope is None else frozenset(UUID(each) for each in self.scope.split())

    def lives(self, now: datetime) -> bool:
        """Whether they may read and write at this moment."""
        if self.ended_at or self.paused_at or self.begins_at > now:
            return False
        return not any(each and each <= now for each in (self.ends_at, self.review_at))
