"""The clinic, its keys, and the Streams that number what happens in it."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from server.models.base import Record


class Plan(StrEnum):
    """What the clinic may do: only `trial` (until it ends) and `paid` may send."""

    NONE = "none"
    TRIAL = "trial"
    PAID = "paid"
    SUSPENDED = "suspended"


class IdentityPolicy(StrEnum):
    """How a patient proves who they are on the first device; a second device always needs a code."""

    BIRTH_DATE = "birth_date"
    CODE = "code"
    PRESS_ONLY = "press_only"


class Organization(Record):
    """A clinic; everything belongs to one. `name` and `phone` are public: they stand in every notice.

    `website` is their public page, where somebody goes who leaves the patient's pages in a hurry.
    `is_starting` (true or null): its plan began and it has not gone through the first steps.
    A clinic has one trial ever, which began at `trial_began_at`; `plan_ends_at` is when it ends.
    What goes out by itself rests from `quiet_from` to `quiet_until` (whole hours of the patient's day). A phone that
    was not heard of for `recheck_days` is asked whether it is still the patient's. Texts go to `text_regions` only.
    When a patient reaches `proxy_review_age` (years), what proxies may do for them is reviewed. Who begins to
    answer has a claim on the conversation for `claim_minutes`. A broadcast to more than `broadcast_alone` patients
    needs a second person; of the clinic's news one patient gets no more than `broadcast_most` messages in a week (0: as
    many as there are). `private_words` are what it changed of the list (JSON, `domain/private_words.py`).
    A conversation is kept for `keep_years` after the last thing in it (null: for ever); before `keep_from` that deletes
    nothing (`domain/retention.py`). Since `erased_at` its keys are destroyed; it may be from `erase_at` on, which an
    operator asked for (`domain/erasing.py`).
    """

    name = fields.CharField(max_length=60)
    neutral_name = fields.CharField(max_length=60, default="Your doctor's office")
    private_mode = fields.BooleanField(default=False)
    phone = fields.CharField(max_length=20)
    website = fields.CharField(max_length=200, null=True)
    zone = fields.CharField(max_length=40, default="America/Chicago")
    plan = fields.CharEnumField(Plan, max_length=10, default=Plan.NONE)
    plan_ends_at = fields.DatetimeField(null=True)
    trial_began_at = fields.DatetimeField(null=True)
    is_starting = fields.BooleanField(null=True)
    link_days = fields.SmallIntField(default=7)
    identity = fields.CharEnumField(IdentityPolicy, max_length=12, default=IdentityPolicy.BIRTH_DATE)
    undo_seconds = fields.SmallIntField(default=5)
    quiet_from = fields.SmallIntField(default=20)
    quiet_until = fields.SmallIntField(default=8)
    recheck_days = fields.SmallIntField(default=180)
    proxy_review_age = fields.SmallIntField(default=18)
    claim_minutes = fields.SmallIntField(default=10)
    broadcast_alone = fields.IntField(default=200)
    broadcast_most = fields.SmallIntField(default=3)
    private_words: str | None = fields.TextField(null=True)
    keep_years = fields.SmallIntField(null=True)
    keep_from = fields.DatetimeField(null=True)
    erase_at = fields.DatetimeField(null=True)
    erase_why_sealed = fields.BinaryField(null=True)
    erased_at = fields.DatetimeField(null=True)
    text_regions = fields.CharField(max_length=60, default="US PR VI GU AS MP")

    class Meta:
        table = "organization"


class DataKey(Record):
    """One of an organization's keys, wrapped by the master key. Destroying all of them makes its data unreadable."""

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="data_keys"
    )
    number = fields.SmallIntField()
    wrapped = fields.BinaryField()

    class Meta:
        table = "data_key"
        unique_together = (("organization", "number"),)


class StreamOf(StrEnum):
    """Whose Stream it is."""

    ORGANIZATION = "organization"
    TEAM = "team"
    USER = "user"
    PATIENT = "patient"


class Stream(Model):
    """A numbered run of Facts. Its id is its owner's id; `position` is the newest Fact's number, without gaps.

    `epoch` says which history the numbers belong to; a restored database gets new ones.
    """

    id = fields.UUIDField(primary_key=True)
    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="streams"
    )
    of = fields.CharEnumField(StreamOf, max_length=12)
    epoch = fields.CharField(max_length=16)
    position = fields.BigIntField(default=0)

    class Meta:
        table = "stream"


class FactRecord(Model):
    """One Fact in one Stream; `data` holds ids only. Kept two weeks."""

    id = fields.UUIDField(primary_key=True)
    stream_id: UUID
    stream: fields.ForeignKeyRelation[Stream] = fields.ForeignKeyField(
        "models.Stream", on_delete=fields.RESTRICT, related_name="facts"
    )
    position = fields.BigIntField()
    kind = fields.CharField(max_length=30)
    data = fields.TextField()
    at = fields.DatetimeField()

    class Meta:
        table = "fact"
        unique_together = (("stream", "position"),)
        indexes = (("at",),)


class Installation(Model):
    """What this database is; one row. A demo refuses any database that the demo did not create."""

    id = fields.IntField(primary_key=True)
    is_demo = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "installation"
