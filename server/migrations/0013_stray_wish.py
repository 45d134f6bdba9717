"""Whether an unknown sender may want no more texts, and what somebody said to that."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0012_on_call")]

    initial = False

    operations = [
        ops.AddField(model_name="Stray", name="wish", field=fields.CharField(max_length=20, null=True)),
    ]
