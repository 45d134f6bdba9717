"""Who could not prove that they are the patient, and where somebody goes who leaves the pages in a hurry."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0002_outgoing")]

    initial = False

    operations = [
        ops.CreateModel(
            name="IdentityTry",
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
                        related_name="identity_tries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("session_id", fields.UUIDField()),
                ("asked", fields.CharField(max_length=12)),
                ("counted", fields.BooleanField()),
                ("typed_sealed", fields.BinaryField(null=True)),
                ("differs", fields.CharField(null=True, max_length=16)),
                ("paused_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "identity_try",
                "app": "models",
                "indexes": [Index(fields=["conversation_id", "settled_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Organization",
            name="website",
            field=fields.CharField(null=True, max_length=200),
        ),
    ]
