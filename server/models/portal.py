"""A patient's secret way into a conversation, and what it becomes after they have proved who they are."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation
from server.models.patient import Patient
from server.models.proxy import Proxy


class PortalLink(Record):
    """A way into one Conversation. The secret is derived from the id (`server/keys.py`) and only its hash is kept.

    With a `proxy` it is theirs, and they are who must prove to be themselves.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="links"
    )
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="links"
    )
    proxy_id: UUID | None
    proxy: fields.ForeignKeyNullableRelation[Proxy] = fields.ForeignKeyField(
        "models.Proxy", on_delete=fields.RESTRICT, null=True, related_name="links"
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    contact_index = fields.CharField(max_length=32)
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    pressed_at = fields.DatetimeField(null=True)
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "portal_link"
        indexes = (("conversation_id", "revoked_at"),)


class PortalSession(Record):
    """A phone on which somebody pressed (`pressed`) and then proved who they are (`verified_at`).

    `scripted` once the page's script announced itself: from then on only the script reports what was seen. `device` is
    a code of `server/devices.py`.
    """

    link_id: UUID
    link: fields.ForeignKeyRelation[PortalLink] = fields.ForeignKeyField(
        "models.PortalLink", on_delete=fields.CASCADE, related_name="sessions"
    )
    organization_id = fields.UUIDField()
    conversation_id = fields.UUIDField()
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="portal_sessions"
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    verified_at = fields.DatetimeField(null=True)
    scripted = fields.BooleanField(default=False)
    device = fields.CharField(max_length=24, null=True)
    seen_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "portal_session"


class PortalCode(Record):
    """A 6-digit code sent to the contact on file (NIST SP 800-63B: ten minutes, once, five tries)."""

    session_id: UUID
    session: fields.ForeignKeyRelation[PortalSession] = fields.ForeignKeyField(
        "models.PortalSession", on_delete=fields.CASCADE, related_name="codes"
    )
    code_hash = fields.CharField(max_length=64)
    sealed = fields.BinaryField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    tries = fields.SmallIntField(default=0)

    class Meta:
        table = "portal_code"


class IdentityTry(Record):
    """Somebody at a link's question who could not prove who they are.

    `typed_sealed` is what the typed date can mean, for thirty days; `differs` which parts of it are other than on file;
    a code is not kept. After this one nothing is read before `paused_until`. `counted` is false where nothing was read
    any more. `settled_at`: the patient was confirmed, or a person at the clinic has looked.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="identity_tries"
    )
    session_id = fields.UUIDField()
    asked = fields.CharField(max_length=12)
    counted = fields.BooleanField(default=True)
    typed_sealed = fields.BinaryField(null=True)
    differs = fields.CharField(max_length=16, null=True)
    paused_until = fields.DatetimeField(null=True)
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "identity_try"
        indexes = (("conversation_id", "settled_at"),)


class Device(Record):
    """A browser on which this patient, or this proxy of theirs, was confirmed. Another one needs a code to the contact.

    `remember_until` is set where the patient said "this is my own phone": no question until then.
    """

    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.CASCADE, related_name="devices"
    )
    proxy_id = fields.UUIDField(null=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    remember_until = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()

    class Meta:
        table = "device"


class Budget(Record):
    """How much of something was spent in a window of time: guesses, codes, sends. One row per name."""

    name = fields.CharField(max_length=100, unique=True)
    spent = fields.IntField(default=0)
    resets_at = fields.DatetimeField()

    class Meta:
        table = "budget"
