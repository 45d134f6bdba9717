"""That an admin has looked into why somebody saw a patient."""

from tortoise import fields

from server.models.base import Record


class AccessReview(Record):
    """What this reader saw of this patient up to `until` was looked into, with a note. What they see later is not."""

    organization_id = fields.UUIDField()
    reader_id = fields.UUIDField()
    seen_id = fields.UUIDField()
    until = fields.DatetimeField()
    by_id = fields.UUIDField()
    note_sealed = fields.BinaryField()

    class Meta:
        table = "access_review"
        unique_together = (("reader_id", "seen_id", "until"),)
