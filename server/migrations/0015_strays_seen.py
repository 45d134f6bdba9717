"""Since when somebody on the staff has had the words of an unknown sender on screen."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0014_sent_at")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Stray",
            name="seen_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
