"""That a message goes to a contact which its writer chose, and not to the preferred one."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0025_contacts")]

    initial = False

    operations = [
        ops.AddField(model_name="Delivery", name="chosen", field=fields.BooleanField(null=True)),
    ]
