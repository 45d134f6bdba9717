"""Clinics whose staff sign in at a provider of theirs (single sign-on), and sign-ins that are on their way there."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.user import User


class SignOn(Record):
    """A clinic's provider, and whom it knows us as there; one a clinic.

    Since `on_since` its staff may sign in by it; null: not now. `only`: nobody signs in otherwise, but admins with a
    password and an authenticator. `two_steps`: the clinic says that the provider asks for a second factor itself.
    """

    organization_id: UUID
    organization: fields.OneToOneRelation[Organization] = fields.OneToOneField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="sign_on"
    )
    issuer = fields.CharField(max_length=300)
    client_id = fields.CharField(max_length=200)
    secret_sealed = fields.BinaryField()
    on_since = fields.DatetimeField(null=True)
    only = fields.BooleanField(default=False)
    two_steps = fields.BooleanField(default=False)

    class Meta:
        table = "sign_on"


class SignOnDomain(Record):
    """What e-mail addresses of a SignOn's people end with. It is one clinic's: it leads somebody to its provider."""

    sign_on_id: UUID
    sign_on: fields.ForeignKeyRelation[SignOn] = fields.ForeignKeyField(
        "models.SignOn", on_delete=fields.CASCADE, related_name="domains"
    )
    domain = fields.CharField(max_length=253, unique=True)

    class Meta:
        table = "sign_on_domain"


class SignOnSubject(Record):
    """Whom a SignOn's provider means by its own name for them, of which the hash is kept: an address may be given to
    somebody else one day, that name is not (OpenID Connect Core 1.0 §5.7).
    """

    sign_on_id: UUID
    sign_on: fields.ForeignKeyRelation[SignOn] = fields.ForeignKeyField(
        "models.SignOn", on_delete=fields.CASCADE, related_name="subjects"
    )
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="subjects"
    )
    subject_hash = fields.CharField(max_length=64)

    class Meta:
        table = "sign_on_subject"
        unique_together = (("sign_on", "user"),)


class SignOnTry(Record):
    """A browser that was sent to a provider and has not come back. Only hashes of its state and cookie are kept."""

    sign_on_id: UUID
    sign_on: fields.ForeignKeyRelation[SignOn] = fields.ForeignKeyField(
        "models.SignOn", on_delete=fields.CASCADE, related_name="tries"
    )
    state_hash = fields.CharField(max_length=64, unique=True)
    browser_hash = fields.CharField(max_length=64)
    slot = fields.SmallIntField()
    to = fields.CharField(max_length=300)
    ends_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "sign_on_try"
