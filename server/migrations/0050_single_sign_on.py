"""Single sign on."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('models', '0049_incidents')]

    initial = False

    operations = [
        ops.CreateModel(
            name='SignOn',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('organization', fields.OneToOneField('models.Organization', source_field='organization_id', db_constraint=True, to_field='id', related_name='sign_on', on_delete=OnDelete.RESTRICT)),
                ('issuer', fields.CharField(max_length=300)),
                ('client_id', fields.CharField(max_length=200)),
                ('secret_sealed', fields.BinaryField()),
                ('on_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('only', fields.BooleanField()),
                ('two_steps', fields.BooleanField()),
            ],
            options={'table': 'sign_on', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SignOnDomain',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('sign_on', fields.ForeignKeyField('models.SignOn', source_field='sign_on_id', db_constraint=True, to_field='id', related_name='domains', on_delete=OnDelete.CASCADE)),
                ('domain', fields.CharField(unique=True, max_length=253)),
            ],
            options={'table': 'sign_on_domain', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SignOnSubject',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('sign_on', fields.ForeignKeyField('models.SignOn', source_field='sign_on_id', db_constraint=True, to_field='id', related_name='subjects', on_delete=OnDelete.CASCADE)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='subjects', on_delete=OnDelete.CASCADE)),
                ('subject_hash', fields.CharField(max_length=64)),
            ],
            options={'table': 'sign_on_subject', 'app': 'models', 'unique_together': (('sign_on', 'user'),), 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SignOnTry',
            fields=[
                ('id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('sign_on', fields.ForeignKeyField('models.SignOn', source_field='sign_on_id', db_constraint=True, to_field='id', related_name='tries', on_delete=OnDelete.CASCADE)),
                ('state_hash', fields.CharField(unique=True, max_length=64)),
                ('browser_hash', fields.CharField(max_length=64)),
                ('slot', fields.SmallIntField()),
                ('to', fields.CharField(max_length=300)),
                ('ends_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'sign_on_try', 'app': 'models', 'pk_attr': 'id'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='StaffSession',
            name='vouched',
            field=fields.BooleanField(null=True),
        ),
    ]
