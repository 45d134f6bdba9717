"""A team's plan of who is on call."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0054_erase")]

    initial = False

    operations = [
        ops.AddField(model_name="Team", name="rota", field=fields.TextField(null=True, unique=False)),
    ]
