"""The directory's list, by when entries were made."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0017_groups")]

    initial = False

    operations = [
        ops.AddIndex(model_name="Patient", index=Index(fields=["organization_id", "created_at", "id"])),
    ]
