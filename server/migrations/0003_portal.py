"""The portal: proxies, documents, identity tries, hours, choices, and on which devices things were seen."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint

_READ = (
    'UPDATE "conversation" SET "care_read" = COALESCE('
    '(SELECT MAX("number") FROM "reading" WHERE "reading"."conversation_id" = "conversation"."id"), 0)'
)


def _filled(model, table, name, empty, full, value):
    """A column that must not be empty, for the rows that are there already."""
    return (
        ops.AddField(model, name, empty),
        ops.RunSQL(f'UPDATE "{table}" SET "{name}" = {value}', ""),
        ops.AlterField(model, name, full),
    )


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
        ops.CreateModel(
            name="Proxy",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                (
                    "patient",
                    fields.ForeignKeyField(
                        "models.Patient",
                        source_field="patient_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="proxies",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("rev", fields.IntField()),
                ("relation", fields.CharField(max_length=10)),
                ("name_sealed", fields.BinaryField()),
                ("birth_date_sealed", fields.BinaryField(null=True)),
                ("phone_sealed", fields.BinaryField(null=True)),
                ("email_sealed", fields.BinaryField(null=True)),
                ("phone_index", fields.CharField(null=True, db_index=True, max_length=32)),
                ("email_index", fields.CharField(null=True, db_index=True, max_length=32)),
                ("language", fields.CharField(max_length=8)),
                ("prefers", fields.CharField(null=True, max_length=8)),
                ("notices", fields.BooleanField()),
                ("scope", fields.TextField(null=True, unique=False)),
                ("begins_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("review_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reviewed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("paused_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_by_id", fields.UUIDField(null=True)),
                ("ended_why", fields.CharField(null=True, max_length=20)),
                ("trouble", fields.CharField(null=True, max_length=40)),
            ],
            options={"table": "proxy", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Device",
            name="proxy_id",
            field=fields.UUIDField(null=True),
        ),
        *_filled("Later", "later", "patient_only", fields.BooleanField(null=True), fields.BooleanField(), "FALSE"),
        *_filled("Message", "message", "patient_only", fields.BooleanField(null=True), fields.BooleanField(), "FALSE"),
        ops.AddField(
            model_name="Message",
            name="proxy",
            field=fields.ForeignKeyField(
                "models.Proxy",
                source_field="proxy_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="messages",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        *_filled(
            "Organization",
            "organization",
            "proxy_review_age",
            fields.SmallIntField(null=True),
            fields.SmallIntField(),
            "18",
        ),
        ops.AddField(
            model_name="PortalLink",
            name="proxy",
            field=fields.ForeignKeyField(
                "models.Proxy",
                source_field="proxy_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="links",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.RemoveConstraint(
            model_name="Receipt",
            name=None,
            fields=["message", "patient"],
        ),
        ops.AddField(
            model_name="Receipt",
            name="proxy",
            field=fields.ForeignKeyField(
                "models.Proxy",
                source_field="proxy_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="receipts",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        *_filled("Receipt", "receipt", "viewer_id", fields.UUIDField(null=True), fields.UUIDField(), "patient_id"),
        ops.AddConstraint(
            model_name="Receipt",
            constraint=UniqueConstraint(fields=("message", "viewer_id"), name=None),
        ),
        ops.AddField(model_name="Team", name="hours", field=fields.TextField(null=True, unique=False)),
        ops.AddField(model_name="Conversation", name="care_read", field=fields.IntField(null=True)),
        ops.RunSQL(_READ, ""),
        ops.AlterField(model_name="Conversation", name="care_read", field=fields.IntField()),
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
        ops.AddField("PortalSession", "device", fields.CharField(max_length=24, null=True)),
        ops.AddField("Receipt", "device", fields.CharField(max_length=24, null=True)),
        ops.AddField(model_name="Patient", name="quiet_from", field=fields.SmallIntField(null=True)),
        ops.AddField(model_name="Patient", name="quiet_until", field=fields.SmallIntField(null=True)),
        *_filled("Patient", "patient", "reminders", fields.BooleanField(null=True), fields.BooleanField(), "TRUE"),
        *_filled("Patient", "patient", "news", fields.BooleanField(null=True), fields.BooleanField(), "TRUE"),
        ops.AddField(
            model_name="StaffSession",
            name="proven_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
