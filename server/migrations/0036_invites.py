"""Invites."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0035_audit_chain')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Invite',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization', fields.ForeignKeyField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', related_name='invites', on_delete=OnDelete.RESTRICT)),
                ('by', fields.ForeignKeyField('models.User', source_field='by_id', db_constraint=True, to_field='id', related_name='invites', on_delete=OnDelete.RESTRICT)),
                ('email', fields.CharField(max_length=254)),
                ('name', fields.CharField(max_length=80)),
                ('role', fields.CharField(max_length=12)),
                ('teams', fields.TextField(unique=False)),
                ('current', fields.BooleanField(null=True)),
                ('serial', fields.IntField()),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('accepted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('user_id', fields.UUIDField()),
                ('setup_hash', fields.CharField(null=True, max_length=64)),
                ('password_hash', fields.CharField(null=True, max_length=200)),
                ('totp_sealed', fields.BinaryField(null=True)),
            ],
            options={'table': 'invite', 'app': 'models', 'unique_together': (('organization', 'email', 'current'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='StaffSession',
            name='device',
            field=fields.CharField(null=True, max_length=24),
        ),
        ops.AddField(
            model_name='StaffSession',
            name='source',
            field=fields.CharField(null=True, max_length=45),
        ),
    ]
