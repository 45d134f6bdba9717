"""The trail of getting one Message, or the Notice of it, to one address; and the carrier's calls that we have heard."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from server.models.base import Record
from server.models.conversation import Conversation, Message
from server.models.patient import PhoneNumber


class State(StrEnum):
    """How far it has come; it only moves forward, except that a person may ask for a new try."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class Carries(StrEnum):
    """What the delivery takes to the patient."""

    TEXT = "text"
    NOTICE_SMS = "notice_sms"
    NOTICE_EMAIL = "notice_email"


class Purpose(StrEnum):
    """Why something is sent."""

    FIRST = "first"
    RETRY = "retry"
    REMINDER = "reminder"
    OTHER_WAY = "other_way"
    BROADCAST = "broadcast"
    """Part of a broadcast: whatever one person writes to another goes before it."""


class Delivery(Record):
    """One way to one address. `ref` is the `client_ref` the carrier is given: the id of the delivery that carries the
    notice; quick messages whose notice is still waiting share one. `claim` fences the worker that holds the lease.

    `to_index` is the blind index of the address. While it waits, `reason` may say why it is held. `taken_at` is when a
    worker took it (rates count from it), `fenced_at` when it was last free to be posted. `chosen`: its writer chose
    this address, which is not the patient's preferred one.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="deliveries"
    )
    message_id: UUID
    message: fields.ForeignKeyRelation[Message] = fields.ForeignKeyField(
        "models.Message", on_delete=fields.RESTRICT, related_name="deliveries"
    )
    phone_number_id: UUID | None
    phone_number: fields.ForeignKeyNullableRelation[PhoneNumber] = fields.ForeignKeyField(
        "models.PhoneNumber", on_delete=fields.RESTRICT, null=True, related_name="deliveries"
    )
    carries = fields.CharEnumField(Carries, max_length=12)
    purpose = fields.CharEnumField(Purpose, max_length=10, default=Purpose.FIRST)
    to_sealed = fields.BinaryField()
    to_index = fields.CharField(max_length=32, null=True)
    link_id = fields.UUIDField(null=True)
    ref = fields.UUIDField(db_index=True)
    state = fields.CharEnumField(State, max_length=10, default=State.WAITING)
    reason = fields.CharField(max_length=40, null=True)
    changed_at = fields.DatetimeField()
    attempts = fields.SmallIntField(default=0)
    next_at = fields.DatetimeField()
    claim = fields.UUIDField(null=True)
    lease_until = fields.DatetimeField(null=True)
    carrier_ref = fields.CharField(max_length=64, null=True)
    retried = fields.BooleanField(default=False)
    chosen = fields.BooleanField(null=True)
    taken_at = fields.DatetimeField(null=True)
    fenced_at = fields.DatetimeField(null=True)

    class Meta:
        table = "delivery"
        indexes = (
            ("state", "next_at"),
            ("message_id",),
            ("conversation_id", "state"),
            ("to_index", "phone_number_id"),
            ("taken_at",),
            ("phone_number_id", "state", "next_at"),
            ("organization_id", "carries", "state", "next_at"),
        )


class CarrierCall(Model):
    """A webhook that took effect: its `jti` or message id, once. Repeats are answered and do nothing."""

    id = fields.CharField(max_length=100, primary_key=True)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "carrier_call"


class WebhookOutcome(StrEnum):
    """What became of a signed call of the carrier."""

    DONE = "done"
    DEAD = "dead"
    REPLAYED = "replayed"


class Webhook(Record):
    """The ledger of the carrier's signed calls, with their sealed bodies for thirty days.

    A `dead` one had no effect (`why`), and can be replayed.
    """

    kind = fields.CharField(max_length=10)
    jti = fields.CharField(max_length=100)
    outcome = fields.CharEnumField(WebhookOutcome, max_length=8)
    why = fields.CharField(max_length=40, null=True)
    tries = fields.SmallIntField(default=1)
    body_sealed = fields.BinaryField()

    class Meta:
        table = "webhook"
        unique_together = (("kind", "jti"),)
        indexes = (("outcome", "created_at"), ("created_at",))


class Account(Model):
    """Our account with one carrier (`texts`, `mails`): whether it may be asked now. Its row is the lock of the claims.

    `state` is `closed` (all is well), `open` (it is in trouble, nothing is sent) or `trying` (one is sent to see).
    """

    id = fields.CharField(max_length=8, primary_key=True)
    state = fields.CharField(max_length=8, default="closed")
    code = fields.CharField(max_length=40, null=True)
    failures = fields.SmallIntField(default=0)
    since = fields.DatetimeField(null=True)
    next_at = fields.DatetimeField(null=True)

    class Meta:
        table = "account"


class Work(Record):
    """A leased job: imports, broadcasts, ladders, reminders and exports share this table.

    `taken_at` is when a worker took one that may post a text: rates count from it.
    """

    kind = fields.CharField(max_length=30)
    subject_id = fields.UUIDField(null=True)
    data = fields.TextField(default="{}")
    next_at = fields.DatetimeField()
    attempts = fields.SmallIntField(default=0)
    claim = fields.UUIDField(null=True)
    lease_until = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    taken_at = fields.DatetimeField(null=True)

    class Meta:
        table = "work"
        indexes = (("done_at", "next_at"), ("subject_id", "kind"), ("taken_at",))
