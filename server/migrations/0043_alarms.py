"""Alarms."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0042_sensitive')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ClinicAlarm',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('kind', fields.CharField(max_length=20)),
                ('mark', fields.CharField(max_length=80)),
                ('person_id', fields.UUIDField(null=True)),
                ('many', fields.IntField()),
                ('seen_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('seen_by_id', fields.UUIDField(null=True)),
                ('note_sealed', fields.BinaryField(null=True)),
            ],
            options={'table': 'clinic_alarm', 'app': 'models', 'unique_together': (('organization_id', 'mark'),), 'indexes': [Index(fields=['organization_id', 'created_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
