"""What we know of the phones and mailboxes we write to, and who wants nothing there."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization


class ContactKind(StrEnum):
    """What it is."""

    PHONE = "phone"
    EMAIL = "email"


class Line(StrEnum):
    """What kind of line a phone has. A landline gets no texts."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    VOIP = "voip"


class LineSource(StrEnum):
    """Who says which line a phone has: somebody of staff, or a carrier's refusal."""

    STAFF = "staff"
    CARRIER = "carrier"


class Verified(StrEnum):
    """How it became known that a contact is its patient's."""

    LINK = "link"
    ANSWER = "answer"
    STAFF = "staff"


class Contact(Record):
    """One phone or mailbox of an organization's patients, however many share it; found by its blind index.

    `proven_at` is when it last showed that it is theirs: a text came from it, or a link to it was confirmed. It is
    `verified_at` the last time that somebody made sure of it, and `verified_how`. `failures` counts failed deliveries
    in a row. While `paused_at` is set nothing is sent there; `pause` says why. `line` is null where nobody knows.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="contacts"
    )
    kind = fields.CharEnumField(ContactKind, max_length=6)
    index = fields.CharField(max_length=32)
    rev = fields.IntField(default=1)
    proven_at = fields.DatetimeField(null=True)
    verified_at = fields.DatetimeField(null=True)
    verified_how = fields.CharEnumField(Verified, max_length=6, null=True)
    line = fields.CharEnumField(Line, max_length=8, null=True)
    line_from = fields.CharEnumField(LineSource, max_length=7, null=True)
    asked_at = fields.DatetimeField(null=True)
    failures = fields.SmallIntField(default=0)
    paused_at = fields.DatetimeField(null=True)
    pause = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "contact"
        unique_together = (("organization", "index"),)


class StopSource(StrEnum):
    """How a wish to get no more, or to get some again, reached us."""

    KEYWORD = "keyword"
    STAFF = "staff"
    PORTAL = "portal"
    MAIL = "mail"
    CARRIER = "carrier"
    LIST = "list"


class OptOut(Record):
    """One line of the opt-out ledger: this contact wants nothing from this sender (`stops`), or again something.

    Append-only. `sender_id` is the number of ours that was told, or for mails the organization. `words_sealed` is what
    was said, `by_id` the member of staff who wrote it down.
    """

    organization_id = fields.UUIDField()
    contact_index = fields.CharField(max_length=32)
    sender_id = fields.UUIDField()
    stops = fields.BooleanField()
    source = fields.CharEnumField(StopSource, max_length=8)
    words_sealed = fields.BinaryField(null=True)
    by_id = fields.UUIDField(null=True)

    class Meta:
        table = "opt_out"
        indexes = (("contact_index", "sender_id"),)


class Suppression(Record):
    """What the opt-out ledger comes to now: while this row stands, nothing goes from this sender to this contact."""

    organization_id = fields.UUIDField()
    contact_index = fields.CharField(max_length=32)
    sender_id = fields.UUIDField()
    source = fields.CharEnumField(StopSource, max_length=8)

    class Meta:
        table = "suppression"
        unique_together = (("contact_index", "sender_id"),)


class Decision(Record):
    """What the gate said to one thing that wanted to go out: `go`, `hold` or `refuse`, and the codes of its reasons.

    `path` says who asked (typed, later, reminder, …). `delivery_id` is the delivery it let go, or none.
    """

    organization_id = fields.UUIDField()
    conversation_id = fields.UUIDField(null=True)
    message_id = fields.UUIDField(null=True)
    delivery_id = fields.UUIDField(null=True)
    path = fields.CharField(max_length=12)
    via = fields.CharField(max_length=12)
    outcome = fields.CharField(max_length=8)
    reasons = fields.CharField(max_length=200)

    class Meta:
        table = "decision"
        indexes = (("conversation_id", "created_at"), ("organization_id", "created_at"))
