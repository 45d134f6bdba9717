"""A further contact's mark of its patient, a later message's chosen contacts, and how many rows of a list share one."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0028_plans")]

    initial = False

    operations = [
        ops.AddField(
            model_name="ImportRun",
            name="shared",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="Later",
            name="to",
            field=fields.CharField(null=True, max_length=80),
        ),
        ops.AddField(
            model_name="PatientContact",
            name="same",
            field=fields.CharField(null=True, db_index=True, max_length=32),
        ),
    ]
