"""Uploads, documents with pages, and who has looked at them."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0002_outgoing")]

    initial = False

    operations = [
        ops.CreateModel(
            name="FileReceipt",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "file",
                    fields.ForeignKeyField(
                        "models.File",
                        source_field="file_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="receipts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("patient_id", fields.UUIDField()),
                ("viewer_id", fields.UUIDField()),
                ("session_id", fields.UUIDField()),
            ],
            options={
                "table": "file_receipt",
                "app": "models",
                "unique_together": (("file", "viewer_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Upload",
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
                        related_name="uploads",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("owner_id", fields.UUIDField()),
                ("key", fields.CharField(max_length=64)),
                ("name_sealed", fields.BinaryField()),
                ("media_type", fields.CharField(max_length=60)),
                ("size", fields.IntField()),
                ("received", fields.IntField()),
                ("state", fields.CharField(max_length=10)),
                ("why", fields.CharField(null=True, max_length=40)),
                ("message_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "upload",
                "app": "models",
                "unique_together": (("conversation", "owner_id", "key"),),
                "indexes": [
                    Index(fields=["organization_id", "message_id"]),
                    Index(fields=["owner_id", "message_id"]),
                    Index(fields=["message_id", "created_at"]),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="File",
            name="kind",
            field=fields.CharField(null=True, max_length=8),
        ),
        ops.AddField(
            model_name="File",
            name="pages",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name="File",
            name="position",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddIndex(
            model_name="File",
            index=Index(fields=["message_id"]),
        ),
        ops.AddIndex(
            model_name="File",
            index=Index(fields=["patient_id"]),
        ),
        ops.AddIndex(
            model_name="File",
            index=Index(fields=["organization_id", "size"]),
        ),
    ]
