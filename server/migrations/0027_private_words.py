"""What a clinic changes of the list of words that look private."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0026_chosen")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Organization",
            name="private_words",
            field=fields.TextField(null=True),
        ),
    ]
