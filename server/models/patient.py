"""The people we write to. Everything that says who they are is sealed; what must be found has a blind index."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.user import Team, User


class Prefers(StrEnum):
    """The way a patient likes the notice of a secure message to come."""

    SMS = "sms"
    EMAIL = "email"


class PhoneEndpoint(StrEnum):
    """Where texts of a number go: the carrier, or the handset inside the product (trial and training)."""

    LIVE = "live"
    HANDSET = "handset"


class NumberStatus(StrEnum):
    """Whether carriers take texts from a number of ours. A released one is no longer the clinic's; its past is."""

    ACTIVE = "active"
    PENDING = "pending"
    BLOCKED = "blocked"
    RELEASED = "released"


class TriedState(StrEnum):
    """What became of the last test text from a number; `sending`: it may be out."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class OptOutMode(StrEnum):
    """Who answers STOP, START and HELP: we, or the carrier's Opt-Out Assist, which passes the word on to us."""

    OURS = "ours"
    ASSIST = "assist"


class PhoneNumber(Record):
    """A number we own (E.164 with its plus). It belongs to exactly one Team.

    `per_minute` is how many texts carriers take from it in a minute, `label` what the clinic calls it. `attached_at` is
    since when it belongs to the clinic's campaign with carriers, `released_at` when the clinic gave it up. At
    `tested_at` somebody had a test text sent from it, which failed for `test_why`.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="phone_numbers"
    )
    team_id: UUID
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "models.Team", on_delete=fields.RESTRICT, related_name="phone_numbers"
    )
    e164 = fields.CharField(max_length=16, unique=True)
    endpoint = fields.CharEnumField(PhoneEndpoint, max_length=8, default=PhoneEndpoint.LIVE)
    status = fields.CharEnumField(NumberStatus, max_length=8, default=NumberStatus.ACTIVE)
    opt_outs = fields.CharEnumField(OptOutMode, max_length=8, default=OptOutMode.OURS)
    per_minute = fields.SmallIntField(default=240)
    label = fields.CharField(max_length=40, null=True)
    attached_at = fields.DatetimeField(null=True)
    released_at = fields.DatetimeField(null=True)
    tested_at = fields.DatetimeField(null=True)
    test_state = fields.CharEnumField(TriedState, max_length=10, null=True)
    test_why = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "phone_number"


class Patient(Record):
    """A directory entry. Every field about the person is optional and sealed; `None` means not on file.

    The phone's index is not unique (families share phones), nor the e-mail's; the MRN's is, within its organization.
    `zone` is where the patient lives if that was said; without it the phone's area code is a guess. `private_mode` puts
    the clinic's neutral name into everything that is sent to them.

    `quiet_from` and `quiet_until` are the patient's own quiet hours, both or neither; without them the clinic's hold.
    Whether they want `reminders` of unread messages and `news` of the clinic is theirs to say.

    Since `archived_at` they are in no list of the directory; since `deceased_at` nothing goes to them by itself
    (`domain/patient_states.py`).
    `same_birth`, `same_phone` and `same_email` are blind indexes by which one person's two entries are noticed: the
    name with the date of birth, the first name with the phone, the first name with the e-mail. With `merged_into_id`
    this entry went into that one: it has no index, nobody finds it, and undoing it brings it back.
    `phone` and `email` are the preferred ones; with `more_contacts`, PatientContact has more of them.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="patients"
    )
    rev = fields.IntField(default=1)
    first_name_sealed = fields.BinaryField(null=True)
    last_name_sealed = fields.BinaryField(null=True)
    birth_date_sealed = fields.BinaryField(null=True)
    mrn_sealed = fields.BinaryField(null=True)
    phone_sealed = fields.BinaryField(null=True)
    email_sealed = fields.BinaryField(null=True)
    mrn_index = fields.CharField(max_length=32, null=True)
    phone_index = fields.CharField(max_length=32, null=True, db_index=True)
    email_index = fields.CharField(max_length=32, null=True, db_index=True)
    language = fields.CharField(max_length=8, default="en")
    prefers = fields.CharEnumField(Prefers, max_length=8, null=True)
    incomplete = fields.BooleanField(default=False)
    zone = fields.CharField(max_length=40, null=True)
    private_mode = fields.BooleanField(default=False)
    quiet_from = fields.SmallIntField(null=True)
    quiet_until = fields.SmallIntField(null=True)
    reminders = fields.BooleanField(default=True)
    news = fields.BooleanField(default=True)
    archived_at = fields.DatetimeField(null=True)
    deceased_at = fields.DatetimeField(null=True)
    same_birth = fields.CharField(max_length=32, null=True, db_index=True)
    same_phone = fields.CharField(max_length=32, null=True, db_index=True)
    same_email = fields.CharField(max_length=32, null=True, db_index=True)
    merged_into_id = fields.UUIDField(null=True)
    more_contacts = fields.BooleanField(null=True)

    class Meta:
        table = "patient"
        unique_together = (("organization", "mrn_index"),)
        indexes = (("organization_id", "created_at", "id"),)


class NameToken(Record):
    """A keyed fingerprint of what a patient is found by when it is typed.

    A beginning of a name, the last digits of the phone, or the date of birth.
    """

    patient_id: UUID
    # PostgreSQL asks once for each line whether there is such a patient, a quarter of what a long list costs it; the
    # lines are written in the patient's transaction, and whoever deletes a patient deletes them.
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.CASCADE, related_name="name_tokens", db_constraint=False
    )
    organization_id = fields.UUIDField()
    token = fields.CharField(max_length=32)

    class Meta:
        table = "name_token"
        unique_together = (("patient", "token"),)
        indexes = (("organization_id", "token"),)


class ConsentTo(StrEnum):
    """What a patient can agree to."""

    PLAIN_SMS = "plain_sms"
    EMAIL = "email"


class ConsentSource(StrEnum):
    """How they said so."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    PORTAL = "portal"


class Consent(Record):
    """One line of the consent ledger: the patient agreed to something, or no longer does (HHS, 78 FR 5634).

    Append-only: the newest line of a patient and a kind counts. `wording` is the exact text that was shown or read out,
    `by` the witness (none where the patient did it in the portal), `evidence_id` a File such as a signed form.
    """

    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="consents"
    )
    by_id: UUID | None
    by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="consents_recorded"
    )
    kind = fields.CharEnumField(ConsentTo, max_length=16)
    gives = fields.BooleanField(default=True)
    wording = fields.CharField(max_length=500)
    source = fields.CharEnumField(ConsentSource, max_length=8, default=ConsentSource.SPOKEN)
    scope = fields.CharField(max_length=40, default="care")
    evidence_id = fields.UUIDField(null=True)

    class Meta:
        table = "consent"
        indexes = (("patient_id", "kind"),)
