"""What an admin of a clinic should look at, found in its audit."""

from tortoise import fields

from server.models.base import Record


class ClinicAlarm(Record):
    """Something out of the ordinary; `mark` says what and in which hour, so that it is raised once.

    `person_id` did it, if one person did; `many` is how often. `seen_at`: an admin looked, perhaps with a note.
    """

    organization_id = fields.UUIDField()
    kind = fields.CharField(max_length=20)
    mark = fields.CharField(max_length=80)
    person_id = fields.UUIDField(null=True)
    many = fields.IntField()
    seen_at = fields.DatetimeField(null=True)
    seen_by_id = fields.UUIDField(null=True)
    note_sealed = fields.BinaryField(null=True)

    class Meta:
        table = "clinic_alarm"
        unique_together = (("organization_id", "mark"),)
        indexes = (("organization_id", "created_at"),)
