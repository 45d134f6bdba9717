"""Whose work a conversation is, and what was done with it."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

def _filled(model, table, name, empty, full, value):
    """A column that must not be empty, for the rows that are there already."""
    return (
        ops.AddField(model, name, empty),
        ops.RunSQL(f'UPDATE "{table}" SET "{name}" = {value}', ""),
        ops.AlterField(model, name, full),
    )


class Migration(migrations.Migration):
    dependencies = [('models', '0003_portal')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Event',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('conversation', fields.ForeignKeyField('models.Conversation', source_field='conversation_id', db_constraint=True, to_field='id', related_name='events', on_delete=OnDelete.RESTRICT)),
                ('number', fields.IntField()),
                ('kind', fields.CharField(max_length=12)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', null=True, db_constraint=True, to_field='id', related_name='events', on_delete=OnDelete.RESTRICT)),
                ('to', fields.ForeignKeyField('models.User', source_field='to_id', null=True, db_constraint=True, to_field='id', related_name='events_about', on_delete=OnDelete.RESTRICT)),
                ('until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('why', fields.CharField(null=True, max_length=20)),
                ('words_sealed', fields.BinaryField(null=True)),
            ],
            options={'table': 'event', 'app': 'models', 'indexes': [Index(fields=['conversation_id', 'number'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Conversation',
            name='assignee',
            field=fields.ForeignKeyField('models.User', source_field='assignee_id', null=True, db_constraint=True, to_field='id', related_name='assigned', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddField(
            model_name='Conversation',
            name='claimed_until',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        *_filled("Conversation", "conversation", "is_priority", fields.BooleanField(null=True), fields.BooleanField(), "FALSE"),
        ops.AddField(
            model_name='Conversation',
            name='snoozed_until',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        *_filled("Organization", "organization", "claim_minutes", fields.SmallIntField(null=True), fields.SmallIntField(), "10"),
    ]
