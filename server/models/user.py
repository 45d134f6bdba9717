"""Staff who sign in, their teams, and their sessions. A patient is never a User."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization


class Role(StrEnum):
    """What a User may do beyond their own teams."""

    MEMBER = "member"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    OPERATOR = "operator"


class Team(Record):
    """Colleagues who share an inbox and its phone numbers.

    `hours` is when they answer, as JSON of `server.queries.hours.Hours`; null where nobody has said. `rota` is who
    is on call by the week, as JSON of `server.queries.rota_views.Rota`; null where nobody is.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="teams"
    )
    name = fields.CharField(max_length=60)
    hours = fields.TextField(null=True)
    rota = fields.TextField(null=True)

    class Meta:
        table = "team"
        unique_together = (("organization", "name"),)


class User(Record):
    """A member of staff. `totp_sealed` is the shared secret of the second factor, sealed.

    Who has left is no longer `active`, since `left_at`; their name stays at what they wrote.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="users"
    )
    email = fields.CharField(max_length=254, unique=True)
    name = fields.CharField(max_length=80)
    role = fields.CharEnumField(Role, max_length=12, default=Role.MEMBER)
    password_hash = fields.CharField(max_length=200)
    totp_sealed = fields.BinaryField(null=True)
    totp_step = fields.BigIntField(default=0)
    active = fields.BooleanField(default=True)
    left_at = fields.DatetimeField(null=True)

    class Meta:
        table = "user"


class Membership(Record):
    """A User in a Team: all its past and present conversations. It goes when it ends; `MembershipChange` keeps both."""

    team_id: UUID
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, related_name="memberships"
    )
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="memberships"
    )

    class Meta:
        table = "membership"
        unique_together = (("team", "user"),)


class MembershipChange(Record):
    """Who gave or took a Membership, and when. It never changes and never goes, whatever becomes of the team.

    `by_id` is the admin; null: whoever runs the server. `began`: it was given, else taken.
    """

    organization_id = fields.UUIDField()
    team_id = fields.UUIDField()
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="membership_changes"
    )
    began = fields.BooleanField()
    by_id: UUID | None
    by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="membership_acts"
    )

    class Meta:
        table = "membership_change"
        indexes = (("team_id", "id"), ("user_id", "id"))


class Invite(Record):
    """Somebody is asked to work at a clinic; what they are to be (`teams`: ids with a space between) is said already.

    `current` is true or null: one of an address waits at a time. `serial` counts the links that were sent: only the
    newest opens (`token_hash`), until `ends_at`. Their account will be `user_id`. Who has opened it and chosen a
    password goes on under `setup_hash`, with the secret of their second factor sealed: another browser begins anew.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="invites"
    )
    by_id: UUID
    by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="invites"
    )
    email = fields.CharField(max_length=254)
    name = fields.CharField(max_length=80)
    role = fields.CharEnumField(Role, max_length=12, default=Role.MEMBER)
    teams = fields.TextField()
    current = fields.BooleanField(null=True, default=True)
    serial = fields.IntField(default=1)
    token_hash = fields.CharField(max_length=64, unique=True)
    ends_at = fields.DatetimeField()
    accepted_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    user_id = fields.UUIDField()
    setup_hash = fields.CharField(max_length=64, null=True)
    password_hash = fields.CharField(max_length=200, null=True)
    totp_sealed = fields.BinaryField(null=True)

    class Meta:
        table = "invite"
        unique_together = (("organization", "email", "current"),)


class OnCall(Record):
    """A User is called when words of a Team's patients may be urgent, until a time; also while the team is closed."""

    team_id: UUID
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, related_name="on_call"
    )
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="on_call"
    )
    until = fields.DatetimeField()

    class Meta:
        table = "on_call"
        unique_together = (("team", "user"),)


class StaffSession(Record):
    """A signed-in browser. Only the hash of its cookie is kept; `complete` once the second factor was given.

    `seen_at` is the last thing the person did (not what a page did by itself); the idle limit counts from it.
    `proven_at` is when they last proved once more who they are, after they had signed in. `vouched`: it came by the
    word of their clinic's provider, and `proven_at` is when they did so there, as far as it says. `locked_at` is since
    when its screens are locked; `unlock_tries` counts passwords that were typed to unlock them since the last right
    one, null before the first. `device` is a code of `server/devices.py`, `source` the address it was begun from.
    `next_totp_sealed` is the secret of an authenticator that is being set up here and has shown no right code yet.
    """

    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="sessions"
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    complete = fields.BooleanField(default=False)
    seen_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    proven_at = fields.DatetimeField(null=True)
    vouched = fields.BooleanField(null=True)
    locked_at = fields.DatetimeField(null=True)
    unlock_tries = fields.SmallIntField(null=True)
    device = fields.CharField(max_length=24, null=True)
    source = fields.CharField(max_length=45, null=True)
    next_totp_sealed = fields.BinaryField(null=True)

    class Meta:
        table = "staff_session"


class Reading(Record):
    """How far a User has read a conversation: theirs alone. Patients learn only that somebody has read so far."""

    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="readings"
    )
    conversation_id = fields.UUIDField()
    number = fields.IntField(default=0)

    class Meta:
        table = "reading"
        unique_together = (("user", "conversation_id"),)
