"""Handset."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0047_operators')]

    initial = False

    operations = [
        ops.CreateModel(
            name='HandsetText',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('phone_number', fields.ForeignKeyField('models.PhoneNumber', source_field='phone_number_id', db_constraint=True, to_field='id', related_name='handset_texts', on_delete=OnDelete.CASCADE)),
                ('phone_sealed', fields.BinaryField()),
                ('phone_index', fields.CharField(max_length=32)),
                ('words_sealed', fields.BinaryField()),
                ('ref', fields.CharField(null=True, unique=True, max_length=64)),
                ('by_id', fields.UUIDField(null=True)),
            ],
            options={'table': 'handset_text', 'app': 'models', 'indexes': [Index(fields=['organization_id', 'created_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
