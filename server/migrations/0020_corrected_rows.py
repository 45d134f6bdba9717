"""Cells of a list that somebody has put right before it comes in."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0019_broadcasts")]

    initial = False

    operations = [
        ops.AddField(model_name="ImportRow", name="cells_sealed", field=fields.BinaryField(null=True)),
    ]
