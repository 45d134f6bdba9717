"""Tags of patients, beside those of conversations, and how much news one patient gets."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0029_further")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PatientTag",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "patient",
                    fields.ForeignKeyField(
                        "models.Patient",
                        source_field="patient_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tags",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "tag",
                    fields.ForeignKeyField(
                        "models.Tag",
                        source_field="tag_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="patients",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "patient_tag",
                "app": "models",
                "unique_together": (("patient", "tag"),),
                "indexes": [Index(fields=["tag_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField("Organization", "broadcast_most", fields.SmallIntField(null=True)),
        ops.RunSQL('UPDATE "organization" SET "broadcast_most" = 3', ""),
        ops.AlterField("Organization", "broadcast_most", fields.SmallIntField()),
    ]
