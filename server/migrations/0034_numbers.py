"""Numbers."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0033_people')]

    initial = False

    operations = [
        ops.CreateModel(
            name='NumberOrder',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', related_name='number_orders', on_delete=OnDelete.RESTRICT)),
                ('team', fields.ForeignKeyField('models.Team', source_field='team_id', db_constraint=True, to_field='id', related_name='number_orders', on_delete=OnDelete.RESTRICT)),
                ('by_id', fields.UUIDField(null=True)),
                ('kind', fields.CharField(max_length=4)),
                ('e164', fields.CharField(max_length=16)),
                ('state', fields.CharField(max_length=8)),
                ('carrier', fields.CharField(null=True, max_length=60)),
                ('why', fields.CharField(null=True, max_length=40)),
                ('note', fields.CharField(null=True, max_length=300)),
                ('tried_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('current', fields.BooleanField(null=True)),
                ('is_buying', fields.BooleanField(null=True)),
            ],
            options={'table': 'number_order', 'app': 'models', 'unique_together': (('e164', 'current'), ('organization', 'is_buying')), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Registration',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', related_name='registrations', on_delete=OnDelete.RESTRICT)),
                ('of', fields.CharField(max_length=8)),
                ('state', fields.CharField(max_length=10)),
                ('note', fields.CharField(null=True, max_length=300)),
            ],
            options={'table': 'registration', 'app': 'models', 'indexes': [Index(fields=['organization_id', 'created_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Organization',
            name='is_starting',
            field=fields.BooleanField(null=True),
        ),
        ops.AddField(
            model_name='PhoneNumber',
            name='attached_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='PhoneNumber',
            name='released_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='PhoneNumber',
            name='test_state',
            field=fields.CharField(null=True, max_length=10),
        ),
        ops.AddField(
            model_name='PhoneNumber',
            name='test_why',
            field=fields.CharField(null=True, max_length=40),
        ),
        ops.AddField(
            model_name='PhoneNumber',
            name='tested_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
