"""Retention."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0052_legal_hold')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Purged',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('team_id', fields.UUIDField()),
                ('patient_id', fields.UUIDField()),
                ('conversation_id', fields.UUIDField(unique=True)),
                ('messages', fields.IntField()),
                ('notes', fields.IntField()),
                ('files', fields.IntField()),
                ('first_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('last_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('years', fields.SmallIntField()),
            ],
            options={'table': 'purged', 'app': 'models', 'indexes': [Index(fields=['organization_id', 'created_at']), Index(fields=['patient_id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Organization',
            name='keep_from',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Organization',
            name='keep_years',
            field=fields.SmallIntField(null=True),
        ),
    ]
