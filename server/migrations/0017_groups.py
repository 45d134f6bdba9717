"""Groups of patients, to whom a clinic writes at once."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0016_imports')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PatientGroup',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('name_sealed', fields.BinaryField()),
                ('name_index', fields.CharField(max_length=32)),
                ('current', fields.BooleanField(null=True)),
                ('made_by_id', fields.UUIDField()),
                ('deleted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'patient_group', 'app': 'models', 'unique_together': (('organization_id', 'name_index', 'current'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='GroupMember',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('group', fields.ForeignKeyField('models.PatientGroup', source_field='group_id', db_constraint=True, to_field='id', related_name='members', on_delete=OnDelete.RESTRICT)),
                ('patient', fields.ForeignKeyField('models.Patient', source_field='patient_id', db_constraint=True, to_field='id', related_name='group_members', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'group_member', 'app': 'models', 'unique_together': (('group', 'patient'),), 'indexes': [Index(fields=['patient_id']), Index(fields=['group_id', 'id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
