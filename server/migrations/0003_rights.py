"""What patients choose about how they are written to, and when staff last proved once more who they are."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


def _filled(name):
    """A choice that is on until the patient says otherwise, also for those who are there already."""
    return (
        ops.AddField("Patient", name, fields.BooleanField(null=True)),
        ops.RunSQL(f'UPDATE "patient" SET "{name}" = TRUE', ""),
        ops.AlterField("Patient", name, fields.BooleanField()),
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0002_outgoing")]

    initial = False

    operations = [
        ops.AddField(model_name="Patient", name="quiet_from", field=fields.SmallIntField(null=True)),
        ops.AddField(model_name="Patient", name="quiet_until", field=fields.SmallIntField(null=True)),
        *_filled("reminders"),
        *_filled("news"),
        ops.AddField(
            model_name="StaffSession",
            name="proven_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
