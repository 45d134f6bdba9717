"""What lists are filtered by: the way by which a conversation goes; and what has something to do is found by an index."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

_MOVED = '(m."user_id" IS NULL AND m."recalled_at" IS NOT NULL)'
_OWN = """CASE WHEN m."via" IN ('email', 'secure_email') THEN 'secure_email' ELSE m."via" END"""
_PRIVATE = f"""COALESCE((
    SELECT CASE WHEN {_OWN} = 'secure_email' THEN 'secure_email' ELSE 'secure_sms' END FROM "message" m
    WHERE m."conversation_id" = "conversation"."id" AND m."via" <> 'portal' AND NOT {_MOVED}
    ORDER BY m."number" DESC LIMIT 1
), 'secure_sms')"""
_WAY = f"""UPDATE "conversation" SET "way" = (
    SELECT CASE WHEN m."via" = 'portal' THEN {_PRIVATE} ELSE {_OWN} END FROM "message" m
    WHERE m."conversation_id" = "conversation"."id" AND NOT {_MOVED} ORDER BY m."number" DESC LIMIT 1
)"""
"""As `domain/way.py` says it. Words that were moved away do not count."""


class Migration(migrations.Migration):
    dependencies = [("models", "0031_labels")]

    initial = False

    operations = [
        ops.AddIndex(model_name="Conversation", index=Index(fields=["team_id", "open_tasks"])),
        ops.AddField(model_name="Conversation", name="way", field=fields.CharField(null=True, max_length=12)),
        ops.RunSQL(_WAY, ""),
        ops.AddField(model_name="SavedView", name="assignee", field=fields.CharField(null=True, max_length=36)),
        ops.AddField(model_name="SavedView", name="language", field=fields.CharField(null=True, max_length=8)),
        ops.AddField(model_name="SavedView", name="way", field=fields.CharField(null=True, max_length=12)),
        ops.AddField(model_name="SavedView", name="waiting", field=fields.SmallIntField(null=True)),
    ]
