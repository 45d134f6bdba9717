"""The lists of the inbox that somebody comes back to."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0009_not_read")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SavedView",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="saved_views",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name_sealed", fields.BinaryField()),
                ("name_index", fields.CharField(max_length=32)),
                ("team_id", fields.UUIDField(null=True)),
                ("view", fields.CharField(max_length=16)),
                ("tag_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "saved_view",
                "app": "models",
                "unique_together": (("user", "name_index"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
