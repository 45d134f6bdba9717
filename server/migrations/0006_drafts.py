"""What somebody has begun to write, kept until it is sent; and what a clinic says often."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0005_notes")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Draft",
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
                        related_name="drafts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="drafts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharField(max_length=8)),
                ("via", fields.CharField(null=True, max_length=12)),
                ("both", fields.BooleanField()),
                ("patient_only", fields.BooleanField()),
                ("body_sealed", fields.BinaryField()),
            ],
            options={
                "table": "draft",
                "app": "models",
                "unique_together": (("conversation", "user", "kind"),),
                "indexes": [Index(fields=["user_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SavedReply",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                (
                    "team",
                    fields.ForeignKeyField(
                        "models.Team",
                        source_field="team_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="saved_replies",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("title_sealed", fields.BinaryField()),
                ("shortcut_sealed", fields.BinaryField()),
                ("shortcut_index", fields.CharField(max_length=32)),
                ("bodies_sealed", fields.BinaryField()),
                ("content", fields.CharField(max_length=12)),
                ("current", fields.BooleanField(null=True)),
                ("retired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "saved_reply",
                "app": "models",
                "unique_together": (("organization_id", "shortcut_index", "current"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
