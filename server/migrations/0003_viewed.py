"""On which device a portal session began, and on which one a message was viewed first."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0002_outgoing")]

    initial = False

    operations = [
        ops.AddField("PortalSession", "device", fields.CharField(max_length=24, null=True)),
        ops.AddField("Receipt", "device", fields.CharField(max_length=24, null=True)),
    ]
