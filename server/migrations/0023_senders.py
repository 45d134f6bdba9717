"""From which phone or mailbox a message of the patient's side came, and to which number of ours."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0022_merges")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Message",
            name="sender_sealed",
            field=fields.BinaryField(null=True),
        ),
        ops.AddField(
            model_name="Message",
            name="phone_number_id",
            field=fields.UUIDField(null=True),
        ),
    ]
