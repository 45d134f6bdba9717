"""Proxies: people who act for a patient, their links, messages and receipts; what only the patient may see."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint


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
    ]
