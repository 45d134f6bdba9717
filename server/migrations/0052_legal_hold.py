"""Legal hold."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0051_reviews')]

    initial = False

    operations = [
        ops.CreateModel(
            name='LegalHold',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('patient_id', fields.UUIDField(null=True)),
                ('by_id', fields.UUIDField()),
                ('reason_sealed', fields.BinaryField()),
                ('lifted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('lifted_by_id', fields.UUIDField(null=True)),
                ('lifted_why_sealed', fields.BinaryField(null=True)),
            ],
            options={'table': 'legal_hold', 'app': 'models', 'indexes': [Index(fields=['organization_id', 'created_at']), Index(fields=['patient_id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
