"""What is left of a conversation that a clinic's rule deleted: that it was, and nothing of what was in it."""

from tortoise import fields

from server.models.base import Record


class Purged(Record):
    """Deleted at `created_at`, because nobody had written in it for `years`. Counts of what went, and from when to
    when it was written; no name, no word.
    """

    organization_id = fields.UUIDField()
    team_id = fields.UUIDField()
    patient_id = fields.UUIDField()
    conversation_id = fields.UUIDField(unique=True)
    messages = fields.IntField()
    notes = fields.IntField()
    files = fields.IntField()
    first_at = fields.DatetimeField(null=True)
    last_at = fields.DatetimeField(null=True)
    years = fields.SmallIntField()

    class Meta:
        table = "purged"
        indexes = (("organization_id", "created_at"), ("patient_id",))
