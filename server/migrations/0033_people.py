"""Who gave and took memberships, and since when somebody has left."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('models', '0032_filters')]

    initial = False

    operations = [
        ops.CreateModel(
            name='MembershipChange',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization_id', fields.UUIDField()),
                ('team_id', fields.UUIDField()),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='membership_changes', on_delete=OnDelete.RESTRICT)),
                ('began', fields.BooleanField()),
                ('by', fields.ForeignKeyField('models.User', source_field='by_id', null=True, db_constraint=True, to_field='id', related_name='membership_acts', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'membership_change', 'app': 'models', 'indexes': [Index(fields=['team_id', 'id']), Index(fields=['user_id', 'id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='User',
            name='left_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
