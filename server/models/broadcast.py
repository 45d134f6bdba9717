"""One text to many patients, each in their own conversation: what was to go to whom, and what became of each."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Via
from server.models.organization import Organization
from server.models.patient import Patient
from server.models.user import Team, User


class BroadcastState(StrEnum):
    """How far it is. While it is `counting` (a minute), `awaiting` a second person or `scheduled`, nothing has gone."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    COUNTING = "counting"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"


class BroadcastWay(StrEnum):
    """By which way it goes: `secure` is a link by text or mail, as each patient prefers."""

    SECURE = "secure"
    SECURE_SMS = "secure_sms"
    SECURE_EMAIL = "secure_email"
    SMS = "sms"


class Broadcast(Record):
    """What `user` of a team wrote to many. Title, words by language and audience (both JSON) are sealed.

    `is_news`: who wants no news of the clinic is left out. `per_hour` is the pace that somebody chose. `checked_at` is
    when its audience was frozen into recipients; null: it is other than what was frozen. It is to begin at `due_at`.
    It goes in the name of whom `submitted_by_id` says. `why` is the code of why it paused by itself. `ended_*` are when
    it was over, and who stopped it if somebody did.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="broadcasts"
    )
    team_id: UUID
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, related_name="broadcasts"
    )
    user_id: UUID
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="broadcasts"
    )
    key = fields.CharField(max_length=64)
    title_sealed = fields.BinaryField()
    words_sealed = fields.BinaryField()
    audience_sealed = fields.BinaryField()
    way = fields.CharEnumField(BroadcastWay, max_length=12, default=BroadcastWay.SECURE)
    is_news = fields.BooleanField(default=True)
    per_hour = fields.IntField(null=True)
    state = fields.CharEnumField(BroadcastState, max_length=10, default=BroadcastState.DRAFT)
    why = fields.CharField(max_length=40, null=True)
    rev = fields.IntField(default=1)
    total = fields.IntField(default=0)
    checked_at = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True)
    submitted_by_id = fields.UUIDField(null=True)
    approved_by_id = fields.UUIDField(null=True)
    approved_at = fields.DatetimeField(null=True)
    began_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    ended_by_id = fields.UUIDField(null=True)

    class Meta:
        table = "broadcast"
        unique_together = (("user", "key"),)
        indexes = (("team_id", "created_at"),)


class RecipientState(StrEnum):
    """Each recipient is exactly one of these, whatever was killed and whenever."""

    WAITING = "waiting"
    POSTED = "posted"
    LEFT_OUT = "left_out"
    FAILED = "failed"
    STOPPED = "stopped"


class BroadcastRecipient(Record):
    """One patient of a broadcast's frozen audience. `number` orders them.

    `via`, `language` (of the words) and `contact_index` are as they were frozen; `segments` is how many texts the
    carrier makes of it. `why` is a code of `server/reasons.py`. It is not posted before `next_at`. `replied_at` is when
    the patient first answered.
    """

    broadcast_id: UUID
    broadcast: fields.ForeignKeyRelation[Broadcast] = fields.ForeignKeyField(
        "models.Broadcast", on_delete=fields.CASCADE, related_name="recipients"
    )
    number = fields.IntField()
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="broadcasts"
    )
    via = fields.CharEnumField(Via, max_length=12)
    language = fields.CharField(max_length=8)
    contact_index = fields.CharField(max_length=32, null=True)
    segments = fields.SmallIntField(default=0)
    state = fields.CharEnumField(RecipientState, max_length=8, default=RecipientState.WAITING)
    why = fields.CharField(max_length=40, null=True)
    next_at = fields.DatetimeField(null=True)
    message_id = fields.UUIDField(null=True)
    replied_at = fields.DatetimeField(null=True)

    class Meta:
        table = "broadcast_recipient"
        unique_together = (("broadcast", "number"), ("broadcast", "patient"))
        indexes = (("broadcast_id", "state", "number"), ("message_id",), ("patient_id",))
