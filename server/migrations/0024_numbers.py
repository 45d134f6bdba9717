"""From which number of ours a conversation goes on."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0023_senders")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Conversation",
            name="phone_number_id",
            field=fields.UUIDField(null=True),
        ),
    ]
