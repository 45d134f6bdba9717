"""What goes out and comes in: the gate, opt-outs, contacts, tasks, later, files, and the ledgers beside them."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def _filled(model, table, name, empty, full, value):
    """A column that must not be empty, for the rows that are there already."""
    return (
        ops.AddField(model, name, empty),
        ops.RunSQL(f'UPDATE "{table}" SET "{name}" = {value}', ""),
        ops.AlterField(model, name, full),
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                ("state", fields.CharField(max_length=8)),
                ("code", fields.CharField(null=True, max_length=40)),
                ("failures", fields.SmallIntField()),
                ("since", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("next_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "account", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Contact",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "models.Organization",
                        source_field="organization_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="contacts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharField(max_length=6)),
                ("index", fields.CharField(max_length=32)),
                ("rev", fields.IntField()),
                ("proven_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("asked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("failures", fields.SmallIntField()),
                ("paused_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("pause", fields.CharField(null=True, max_length=20)),
            ],
            options={
                "table": "contact",
                "app": "models",
                "unique_together": (("organization", "index"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Decision",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                ("conversation_id", fields.UUIDField(null=True)),
                ("message_id", fields.UUIDField(null=True)),
                ("delivery_id", fields.UUIDField(null=True)),
                ("path", fields.CharField(max_length=12)),
                ("via", fields.CharField(max_length=12)),
                ("outcome", fields.CharField(max_length=8)),
                ("reasons", fields.CharField(max_length=200)),
            ],
            options={
                "table": "decision",
                "app": "models",
                "indexes": [
                    Index(fields=["conversation_id", "created_at"]),
                    Index(fields=["organization_id", "created_at"]),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="File",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                ("patient_id", fields.UUIDField(null=True)),
                (
                    "message",
                    fields.ForeignKeyField(
                        "models.Message",
                        source_field="message_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="files",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("state", fields.CharField(max_length=8)),
                ("why", fields.CharField(null=True, max_length=40)),
                ("media_type", fields.CharField(null=True, max_length=60)),
                ("name_sealed", fields.BinaryField(null=True)),
                ("source_sealed", fields.BinaryField(null=True)),
                ("size", fields.IntField()),
                ("width", fields.IntField(null=True)),
                ("height", fields.IntField(null=True)),
            ],
            options={"table": "file", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Later",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                (
                    "conversation",
                    fields.ForeignKeyField(
                        "models.Conversation",
                        source_field="conversation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="later",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="later",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("key", fields.CharField(max_length=64)),
                ("via", fields.CharField(max_length=12)),
                ("both", fields.BooleanField()),
                ("body_sealed", fields.BinaryField()),
                ("due_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("zone", fields.CharField(max_length=40)),
                ("state", fields.CharField(max_length=10)),
                ("why", fields.CharField(null=True, max_length=40)),
                ("message_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "later",
                "app": "models",
                "unique_together": (("conversation", "user", "key"),),
                "indexes": [Index(fields=["state", "due_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OptOut",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                ("contact_index", fields.CharField(max_length=32)),
                ("sender_id", fields.UUIDField()),
                ("stops", fields.BooleanField()),
                ("source", fields.CharField(max_length=8)),
                ("words_sealed", fields.BinaryField(null=True)),
                ("by_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "opt_out",
                "app": "models",
                "indexes": [Index(fields=["contact_index", "sender_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Suppression",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                ("contact_index", fields.CharField(max_length=32)),
                ("sender_id", fields.UUIDField()),
                ("source", fields.CharField(max_length=8)),
            ],
            options={
                "table": "suppression",
                "app": "models",
                "unique_together": (("contact_index", "sender_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Task",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("organization_id", fields.UUIDField()),
                ("team_id", fields.UUIDField()),
                (
                    "conversation",
                    fields.ForeignKeyField(
                        "models.Conversation",
                        source_field="conversation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tasks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharField(max_length=16)),
                ("number", fields.IntField(null=True)),
                ("current", fields.BooleanField(null=True)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_by_id", fields.UUIDField(null=True)),
                ("outcome", fields.CharField(null=True, max_length=20)),
            ],
            options={
                "table": "task",
                "app": "models",
                "unique_together": (("conversation", "kind", "current"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TextPart",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("phone_number_id", fields.UUIDField()),
                ("sender_index", fields.CharField(max_length=32)),
                ("ref", fields.CharField(max_length=64)),
                ("part", fields.SmallIntField()),
                ("total", fields.SmallIntField()),
                ("content_sealed", fields.BinaryField()),
            ],
            options={
                "table": "text_part",
                "app": "models",
                "unique_together": (("phone_number_id", "sender_index", "ref", "part"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Webhook",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("kind", fields.CharField(max_length=10)),
                ("jti", fields.CharField(max_length=100)),
                ("outcome", fields.CharField(max_length=8)),
                ("why", fields.CharField(null=True, max_length=40)),
                ("tries", fields.SmallIntField()),
                ("body_sealed", fields.BinaryField()),
            ],
            options={
                "table": "webhook",
                "app": "models",
                "unique_together": (("kind", "jti"),),
                "indexes": [Index(fields=["outcome", "created_at"]), Index(fields=["created_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AlterField(
            model_name="Consent",
            name="by",
            field=fields.ForeignKeyField(
                "models.User",
                source_field="by_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="consents_recorded",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="Consent",
            name="evidence_id",
            field=fields.UUIDField(null=True),
        ),
        *_filled(
            "Consent", "consent", "gives", fields.BooleanField(null=True), fields.BooleanField(), '"ended_at" IS NULL'
        ),
        *_filled(
            "Consent",
            "consent",
            "scope",
            fields.CharField(null=True, max_length=40),
            fields.CharField(max_length=40),
            "'care'",
        ),
        *_filled(
            "Consent",
            "consent",
            "source",
            fields.CharField(null=True, max_length=8),
            fields.CharField(max_length=8),
            "'spoken'",
        ),
        ops.RemoveField(model_name="Consent", name="ended_at"),
        *_filled(
            "Conversation", "conversation", "open_tasks", fields.SmallIntField(null=True), fields.SmallIntField(), "0"
        ),
        ops.AddField(
            model_name="Delivery",
            name="fenced_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        *_filled(
            "Delivery",
            "delivery",
            "purpose",
            fields.CharField(null=True, max_length=10),
            fields.CharField(max_length=10),
            "'first'",
        ),
        ops.AddField(
            model_name="Delivery",
            name="taken_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Delivery",
            name="to_index",
            field=fields.CharField(null=True, max_length=32),
        ),
        ops.AddIndex(
            model_name="Delivery",
            index=Index(fields=["to_index", "phone_number_id"]),
        ),
        ops.AddIndex(
            model_name="Delivery",
            index=Index(fields=["taken_at"]),
        ),
        ops.AddIndex(
            model_name="Delivery",
            index=Index(fields=["phone_number_id", "state", "next_at"]),
        ),
        ops.AddIndex(
            model_name="Delivery",
            index=Index(fields=["organization_id", "carries", "state", "next_at"]),
        ),
        ops.AddField(
            model_name="Message",
            name="recalled_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Message",
            name="recalled_by_id",
            field=fields.UUIDField(null=True),
        ),
        *_filled(
            "Organization", "organization", "quiet_from", fields.SmallIntField(null=True), fields.SmallIntField(), "20"
        ),
        *_filled(
            "Organization", "organization", "quiet_until", fields.SmallIntField(null=True), fields.SmallIntField(), "8"
        ),
        *_filled(
            "Organization",
            "organization",
            "recheck_days",
            fields.SmallIntField(null=True),
            fields.SmallIntField(),
            "180",
        ),
        *_filled(
            "Organization",
            "organization",
            "text_regions",
            fields.CharField(null=True, max_length=60),
            fields.CharField(max_length=60),
            "'US PR VI GU AS MP'",
        ),
        *_filled(
            "Organization", "organization", "undo_seconds", fields.SmallIntField(null=True), fields.SmallIntField(), "5"
        ),
        *_filled("Patient", "patient", "private_mode", fields.BooleanField(null=True), fields.BooleanField(), "FALSE"),
        ops.AddField(
            model_name="Patient",
            name="zone",
            field=fields.CharField(null=True, max_length=40),
        ),
        *_filled(
            "PhoneNumber",
            "phone_number",
            "opt_outs",
            fields.CharField(null=True, max_length=8),
            fields.CharField(max_length=8),
            "'ours'",
        ),
        *_filled(
            "PhoneNumber", "phone_number", "per_minute", fields.SmallIntField(null=True), fields.SmallIntField(), "240"
        ),
        *_filled(
            "PhoneNumber",
            "phone_number",
            "status",
            fields.CharField(null=True, max_length=8),
            fields.CharField(max_length=8),
            "'active'",
        ),
        ops.AddField(
            model_name="Stray",
            name="outcome",
            field=fields.CharField(null=True, max_length=20),
        ),
        ops.AddField(
            model_name="Stray",
            name="patient_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Stray",
            name="sender_index",
            field=fields.CharField(null=True, max_length=32),
        ),
        ops.AddField(
            model_name="Stray",
            name="settled_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Stray",
            name="settled_by_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Stray",
            name="team_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddIndex(
            model_name="Stray",
            index=Index(fields=["team_id", "settled_at"]),
        ),
        ops.AddIndex(
            model_name="Stray",
            index=Index(fields=["phone_number_id", "sender_index"]),
        ),
        ops.AddIndex(
            model_name="Work",
            index=Index(fields=["subject_id", "kind"]),
        ),
        ops.AddField(
            model_name="Work",
            name="taken_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(
            model_name="Work",
            index=Index(fields=["taken_at"]),
        ),
    ]
