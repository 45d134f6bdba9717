"""Since when a message waits that nobody has read."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

# Each may hold what nobody reads: a job looks, and says when. One for a conversation, so its id can be that one's.
_LOOK = """
INSERT INTO "work" ("id", "kind", "subject_id", "data", "next_at", "attempts", "created_at")
SELECT c."id", 'not_read', c."id", '{}', c."updated_at", 0, c."updated_at" FROM "conversation" c
WHERE c."is_open" AND EXISTS (
    SELECT 1 FROM "message" m WHERE m."conversation_id" = c."id" AND m."user_id" IS NOT NULL
    AND m."via" IN ('secure_sms', 'secure_email')
)
"""


class Migration(migrations.Migration):
    dependencies = [("models", "0008_lock")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Conversation",
            name="not_read_since",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(_LOOK, "DELETE FROM \"work\" WHERE \"kind\" = 'not_read'"),
    ]
