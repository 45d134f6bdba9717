"""Whom a clinic writes to at once: patients under one name."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.patient import Patient


class PatientGroup(Record):
    """A group of patients. Its name is sealed: to be in it says something about a patient.

    `name_index` keeps two that are in use from having one name: `current` is true or null, and null while it is
    deleted. Who was in it stays, so that it can come back.
    """

    organization_id = fields.UUIDField()
    name_sealed = fields.BinaryField()
    name_index = fields.CharField(max_length=32)
    current = fields.BooleanField(null=True, default=True)
    made_by_id = fields.UUIDField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "patient_group"
        unique_together = (("organization_id", "name_index", "current"),)


class GroupMember(Record):
    """A Patient is in a PatientGroup. The row goes when they are taken out; who did either is in the audit."""

    group_id: UUID
    group: fields.ForeignKeyRelation[PatientGroup] = fields.ForeignKeyField(
        "models.PatientGroup", on_delete=fields.RESTRICT, related_name="members"
    )
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="group_members"
    )

    class Meta:
        table = "group_member"
        unique_together = (("group", "patient"),)
        indexes = (("patient_id",), ("group_id", "id"))
