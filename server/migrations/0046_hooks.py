"""Hooks."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0045_api_keys')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Hook',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', related_name='hooks', on_delete=OnDelete.RESTRICT)),
                ('by', fields.ForeignKeyField('models.User', source_field='by_id', db_constraint=True, to_field='id', related_name='hooks', on_delete=OnDelete.RESTRICT)),
                ('url_sealed', fields.BinaryField()),
                ('kinds', fields.CharField(max_length=300)),
                ('secret_sealed', fields.BinaryField()),
                ('old_sealed', fields.BinaryField(null=True)),
                ('old_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('disabled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('disabled_why', fields.CharField(null=True, max_length=20)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'hook', 'app': 'models', 'indexes': [Index(fields=['organization_id', 'removed_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HookEvent',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('kind', fields.CharField(max_length=30)),
                ('data', fields.TextField(unique=False)),
            ],
            options={'table': 'hook_event', 'app': 'models', 'indexes': [Index(fields=['organization_id', 'id']), Index(fields=['created_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HookTelling',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('hook', fields.ForeignKeyField('models.Hook', source_field='hook_id', db_constraint=True, to_field='id', related_name='tellings', on_delete=OnDelete.RESTRICT)),
                ('event', fields.ForeignKeyField('models.HookEvent', source_field='event_id', db_constraint=True, to_field='id', related_name='tellings', on_delete=OnDelete.CASCADE)),
                ('state', fields.CharField(max_length=10)),
                ('tries', fields.SmallIntField()),
                ('status', fields.SmallIntField(null=True)),
                ('why', fields.CharField(null=True, max_length=20)),
                ('tried_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'hook_telling', 'app': 'models', 'unique_together': (('hook', 'event'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
