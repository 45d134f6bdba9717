"""Lists of patients that are brought in."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0015_strays_seen')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ImportRun',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', related_name='import_runs', on_delete=OnDelete.RESTRICT)),
                ('by_id', fields.UUIDField(null=True)),
                ('key', fields.CharField(max_length=64)),
                ('name_sealed', fields.BinaryField()),
                ('size', fields.IntField()),
                ('received', fields.IntField()),
                ('state', fields.CharField(max_length=10)),
                ('why', fields.CharField(null=True, max_length=200)),
                ('sha256', fields.CharField(null=True, max_length=64)),
                ('look_sealed', fields.BinaryField(null=True)),
                ('header_index', fields.CharField(null=True, max_length=32)),
                ('columns', fields.TextField(null=True, unique=False)),
                ('rows', fields.IntField()),
                ('position', fields.IntField()),
                ('created', fields.IntField()),
                ('updated', fields.IntField()),
                ('unchanged', fields.IntField()),
                ('skipped', fields.IntField()),
                ('taken_back', fields.IntField()),
                ('kept', fields.IntField()),
                ('began_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('told_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('forgotten_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'import_run', 'app': 'models', 'unique_together': (('organization', 'key'),), 'indexes': [Index(fields=['organization_id', 'created_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ImportRow',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('run', fields.ForeignKeyField('models.ImportRun', source_field='run_id', db_constraint=True, to_field='id', related_name='left', on_delete=OnDelete.CASCADE)),
                ('number', fields.IntField()),
                ('outcome', fields.CharField(max_length=8)),
                ('patient', fields.ForeignKeyField('models.Patient', source_field='patient_id', null=True, db_constraint=True, to_field='id', related_name='import_rows', on_delete=OnDelete.SET_NULL)),
                ('why', fields.CharField(null=True, max_length=20)),
                ('field', fields.CharField(null=True, max_length=16)),
                ('detail', fields.IntField()),
                ('differs', fields.CharField(null=True, max_length=80)),
                ('decision', fields.TextField(null=True, unique=False)),
                ('before_sealed', fields.BinaryField(null=True)),
                ('rev', fields.IntField()),
            ],
            options={'table': 'import_row', 'app': 'models', 'unique_together': (('run', 'number'),), 'indexes': [Index(fields=['run_id', 'outcome', 'number']), Index(fields=['patient_id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
