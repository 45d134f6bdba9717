"""Sensitive conversations, and glass that was broken."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0041_passkeys')]

    initial = False

    operations = [
        ops.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('user_id', fields.UUIDField()),
                ('session_id', fields.UUIDField()),
                ('patient_id', fields.UUIDField()),
                ('reason_sealed', fields.BinaryField()),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_by_id', fields.UUIDField(null=True)),
            ],
            options={'table': 'break_glass', 'app': 'models', 'indexes': [Index(fields=['session_id', 'ends_at']), Index(fields=['organization_id', 'created_at']), Index(fields=['patient_id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='NamedReader',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('conversation', fields.ForeignKeyField('models.Conversation', source_field='conversation_id', db_constraint=True, to_field='id', related_name='named_readers', on_delete=OnDelete.RESTRICT)),
                ('user_id', fields.UUIDField()),
            ],
            options={'table': 'named_reader', 'app': 'models', 'unique_together': (('conversation', 'user_id'),), 'indexes': [Index(fields=['user_id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField("Conversation", "is_sensitive", fields.BooleanField(null=True)),
        ops.RunSQL('UPDATE "conversation" SET "is_sensitive" = FALSE', ""),
        ops.AlterField("Conversation", "is_sensitive", fields.BooleanField()),
        ops.AddIndex(
            model_name='Conversation',
            index=Index(fields=['assignee_id', 'is_sensitive']),
        ),
    ]
