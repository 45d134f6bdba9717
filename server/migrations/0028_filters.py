"""What lists are filtered by; what has something to do is found by an index."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0027_private_words")]

    initial = False

    operations = [
        ops.AddIndex(model_name="Conversation", index=Index(fields=["team_id", "open_tasks"])),
    ]
