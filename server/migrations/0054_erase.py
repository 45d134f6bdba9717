"""Erase."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0053_retention')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Organization',
            name='erase_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Organization',
            name='erase_why_sealed',
            field=fields.BinaryField(null=True),
        ),
        ops.AddField(
            model_name='Organization',
            name='erased_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
