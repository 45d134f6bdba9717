"""Notices on the computers of staff."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0010_views")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PushSubscription",
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
                        related_name="push_subscriptions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "session",
                    fields.ForeignKeyField(
                        "models.StaffSession",
                        source_field="session_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="push_subscriptions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("endpoint_index", fields.CharField(max_length=32)),
                ("key_index", fields.CharField(max_length=32)),
                ("target_sealed", fields.BinaryField()),
                ("base", fields.CharField(default="", max_length=8)),
            ],
            options={
                "table": "push_subscription",
                "app": "models",
                "unique_together": (("user", "endpoint_index"),),
                "indexes": [Index(fields=["organization_id"]), Index(fields=["session_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PushTold",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "subscription",
                    fields.ForeignKeyField(
                        "models.PushSubscription",
                        source_field="subscription_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="told",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("conversation_id", fields.UUIDField()),
                ("kind", fields.CharField(max_length=12)),
                ("told_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "push_told",
                "app": "models",
                "unique_together": (("subscription", "conversation_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
