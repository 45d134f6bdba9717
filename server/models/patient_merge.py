"""Two directory entries that turned out to be one person, or turned out not to be."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.patient import Patient


class PatientMerge(Record):
    """The entry `merged` went into `kept`. `current` is true or null, and null once it was undone.

    `moved` is JSON of the ids of what went along; `before_sealed` is JSON of the details of `kept` that were replaced,
    each as it was before and as it became.
    """

    organization_id = fields.UUIDField()
    kept_id: UUID
    kept: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="merges"
    )
    merged_id: UUID
    merged: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="merged_in"
    )
    by_id = fields.UUIDField()
    moved = fields.TextField()
    before_sealed = fields.BinaryField()
    current = fields.BooleanField(null=True, default=True)
    undone_at = fields.DatetimeField(null=True)
    undone_by_id = fields.UUIDField(null=True)

    class Meta:
        table = "patient_merge"
        unique_together = (("merged", "current"),)
        indexes = (("kept_id", "current"),)


class DistinctPatients(Record):
    """A manager has said that these two are not the same person: `one_id` is the smaller of the two ids."""

    organization_id = fields.UUIDField()
    one_id: UUID
    one: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.CASCADE, related_name="distinct_after"
    )
    other_id: UUID
    other: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.CASCADE, related_name="distinct_before"
    )
    by_id = fields.UUIDField()

    class Meta:
        table = "distinct_patients"
        unique_together = (("one", "other"),)
        indexes = (("other_id",),)
