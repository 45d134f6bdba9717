"""What every record has."""

from tortoise import fields
from tortoise.models import Model

from server import tokens


class Record(Model):
    """A row with a key that we make (UUIDv7) and the time it was made."""

    id = fields.UUIDField(primary_key=True, default=tokens.new_id)
    created_at = fields.DatetimeField()

    class Meta:
        abstract = True
