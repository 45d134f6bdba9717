"""What finds a patient is written without being asked for the patient, line by line (a quarter of a long list's time)."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0055_rota")]

    initial = False

    operations = [
        ops.AlterField(
            model_name="NameToken",
            name="patient",
            field=fields.ForeignKeyField(
                "models.Patient",
                source_field="patient_id",
                db_constraint=False,
                to_field="id",
                related_name="name_tokens",
                on_delete=OnDelete.CASCADE,
            ),
        ),
    ]
