"""Since when the screen of a session is locked, and how often somebody has tried to unlock it."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("models", "0007_words")]

    initial = False

    operations = [
        ops.AddField(
            model_name="StaffSession",
            name="locked_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(model_name="StaffSession", name="unlock_tries", field=fields.SmallIntField(null=True)),
    ]
