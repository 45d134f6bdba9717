"""By what words are found, and how far what was there before is."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0006_drafts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Filling",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=20)),
                ("after", fields.UUIDField()),
                ("began_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "filling", "app": "models", "pk_attr": "name"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Word",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                (
                    "conversation",
                    fields.ForeignKeyField(
                        "models.Conversation",
                        source_field="conversation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="words",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("said_id", fields.UUIDField()),
                ("token", fields.CharField(max_length=32)),
            ],
            options={
                "table": "word",
                "app": "models",
                "unique_together": (("said_id", "token"),),
                "indexes": [Index(fields=["organization_id", "token", "created_at", "said_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
