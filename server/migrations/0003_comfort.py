"""When a team answers, and how far staff have read a conversation."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

_READ = (
    'UPDATE "conversation" SET "care_read" = COALESCE('
    '(SELECT MAX("number") FROM "reading" WHERE "reading"."conversation_id" = "conversation"."id"), 0)'
)


class Migration(migrations.Migration):
    dependencies = [("models", "0002_outgoing")]

    initial = False

    operations = [
        ops.AddField(model_name="Team", name="hours", field=fields.TextField(null=True, unique=False)),
        ops.AddField(model_name="Conversation", name="care_read", field=fields.IntField(null=True)),
        ops.RunSQL(_READ, ""),
        ops.AlterField(model_name="Conversation", name="care_read", field=fields.IntField()),
    ]
