"""What a clinic calls each of its numbers."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0030_patient_tags")]

    initial = False

    operations = [
        ops.AddField(
            model_name="PhoneNumber",
            name="label",
            field=fields.CharField(null=True, max_length=40),
        ),
    ]
