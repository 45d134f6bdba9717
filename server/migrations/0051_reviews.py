"""Reviews."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0050_single_sign_on')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AccessReview',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('reader_id', fields.UUIDField()),
                ('seen_id', fields.UUIDField()),
                ('until', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('by_id', fields.UUIDField()),
                ('note_sealed', fields.BinaryField()),
            ],
            options={'table': 'access_review', 'app': 'models', 'unique_together': (('reader_id', 'seen_id', 'until'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
    ]
