"""Several phones and mailboxes of a patient, what line a phone has, and how a contact was verified."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0024_numbers')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PatientContact',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('patient', fields.ForeignKeyField('models.Patient', source_field='patient_id', db_constraint=True, to_field='id', related_name='further_contacts', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(max_length=6)),
                ('index', fields.CharField(max_length=32)),
                ('value_sealed', fields.BinaryField()),
                ('label', fields.CharField(null=True, max_length=6)),
                ('owner', fields.CharField(null=True, max_length=10)),
                ('owner_name_sealed', fields.BinaryField(null=True)),
            ],
            options={'table': 'patient_contact', 'app': 'models', 'unique_together': (('patient', 'index'),), 'indexes': [Index(fields=['organization_id', 'index'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Contact',
            name='line',
            field=fields.CharField(null=True, max_length=8),
        ),
        ops.AddField(
            model_name='Contact',
            name='line_from',
            field=fields.CharField(null=True, max_length=7),
        ),
        ops.AddField(
            model_name='Contact',
            name='verified_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Contact',
            name='verified_how',
            field=fields.CharField(null=True, max_length=6),
        ),
        ops.AddField(
            model_name='Patient',
            name='more_contacts',
            field=fields.BooleanField(null=True),
        ),
    ]
