"""Two entries of one person: noticed, merged, told apart."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0021_patient_states')]

    initial = False

    operations = [
        ops.CreateModel(
            name='DistinctPatients',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('one', fields.ForeignKeyField('models.Patient', source_field='one_id', db_constraint=True, to_field='id', related_name='distinct_after', on_delete=OnDelete.CASCADE)),
                ('other', fields.ForeignKeyField('models.Patient', source_field='other_id', db_constraint=True, to_field='id', related_name='distinct_before', on_delete=OnDelete.CASCADE)),
                ('by_id', fields.UUIDField()),
            ],
            options={'table': 'distinct_patients', 'app': 'models', 'unique_together': (('one', 'other'),), 'indexes': [Index(fields=['other_id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PatientMerge',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('kept', fields.ForeignKeyField('models.Patient', source_field='kept_id', db_constraint=True, to_field='id', related_name='merges', on_delete=OnDelete.RESTRICT)),
                ('merged', fields.ForeignKeyField('models.Patient', source_field='merged_id', db_constraint=True, to_field='id', related_name='merged_in', on_delete=OnDelete.RESTRICT)),
                ('by_id', fields.UUIDField()),
                ('moved', fields.TextField(unique=False)),
                ('before_sealed', fields.BinaryField()),
                ('current', fields.BooleanField(null=True)),
                ('undone_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('undone_by_id', fields.UUIDField(null=True)),
            ],
            options={'table': 'patient_merge', 'app': 'models', 'unique_together': (('merged', 'current'),), 'indexes': [Index(fields=['kept_id', 'current'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Patient',
            name='merged_into_id',
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name='Patient',
            name='same_birth',
            field=fields.CharField(null=True, db_index=True, max_length=32),
        ),
        ops.AddField(
            model_name='Patient',
            name='same_email',
            field=fields.CharField(null=True, db_index=True, max_length=32),
        ),
        ops.AddField(
            model_name='Patient',
            name='same_phone',
            field=fields.CharField(null=True, db_index=True, max_length=32),
        ),
    ]
