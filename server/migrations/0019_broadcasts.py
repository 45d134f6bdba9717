"""One text to many patients: broadcasts, whom they go to, and which words belong to one."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index

def _filled(model, table, name, empty, full, value):
    """A column that must not be empty, for the rows that are there already."""
    return (
        ops.AddField(model, name, empty),
        ops.RunSQL(f'UPDATE "{table}" SET "{name}" = {value}', ""),
        ops.AlterField(model, name, full),
    )


class Migration(migrations.Migration):
    dependencies = [('models', '0018_directory')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Broadcast',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', related_name='broadcasts', on_delete=OnDelete.RESTRICT)),
                ('team', fields.ForeignKeyField('models.Team', source_field='team_id', db_constraint=True, to_field='id', related_name='broadcasts', on_delete=OnDelete.RESTRICT)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='broadcasts', on_delete=OnDelete.RESTRICT)),
                ('key', fields.CharField(max_length=64)),
                ('title_sealed', fields.BinaryField()),
                ('words_sealed', fields.BinaryField()),
                ('audience_sealed', fields.BinaryField()),
                ('way', fields.CharField(max_length=12)),
                ('is_news', fields.BooleanField()),
                ('per_hour', fields.IntField(null=True)),
                ('state', fields.CharField(max_length=10)),
                ('why', fields.CharField(null=True, max_length=40)),
                ('rev', fields.IntField()),
                ('total', fields.IntField()),
                ('checked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('due_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('submitted_by_id', fields.UUIDField(null=True)),
                ('approved_by_id', fields.UUIDField(null=True)),
                ('approved_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('began_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_by_id', fields.UUIDField(null=True)),
            ],
            options={'table': 'broadcast', 'app': 'models', 'unique_together': (('user', 'key'),), 'indexes': [Index(fields=['team_id', 'created_at'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='BroadcastRecipient',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('broadcast', fields.ForeignKeyField('models.Broadcast', source_field='broadcast_id', db_constraint=True, to_field='id', related_name='recipients', on_delete=OnDelete.CASCADE)),
                ('number', fields.IntField()),
                ('patient', fields.ForeignKeyField('models.Patient', source_field='patient_id', db_constraint=True, to_field='id', related_name='broadcasts', on_delete=OnDelete.RESTRICT)),
                ('via', fields.CharField(max_length=12)),
                ('language', fields.CharField(max_length=8)),
                ('contact_index', fields.CharField(null=True, max_length=32)),
                ('segments', fields.SmallIntField()),
                ('state', fields.CharField(max_length=8)),
                ('why', fields.CharField(null=True, max_length=40)),
                ('next_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('message_id', fields.UUIDField(null=True)),
                ('replied_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'broadcast_recipient', 'app': 'models', 'unique_together': (('broadcast', 'number'), ('broadcast', 'patient')), 'indexes': [Index(fields=['broadcast_id', 'state', 'number']), Index(fields=['message_id']), Index(fields=['patient_id'])], 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Message',
            name='broadcast_id',
            field=fields.UUIDField(null=True),
        ),
        *_filled("Organization", "organization", "broadcast_alone", fields.IntField(null=True), fields.IntField(), "200"),
    ]
