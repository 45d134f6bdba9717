"""The phones and mailboxes of a patient beside the two that messages go to by themselves."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.contact import ContactKind
from server.models.patient import Patient
from server.models.proxy import Relation


class ContactLabel(StrEnum):
    """Which of a patient's phones or mailboxes it is."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"


class PatientContact(Record):
    """A further phone or mailbox of a patient's, or what is said of a preferred one.

    The preferred phone and mailbox stand on the Patient: where messages go by themselves. A row with another index is a
    further contact; one with the same says whose the preferred one is and which. `owner` is who it belongs to where
    that is not the patient, with their name sealed. `same` is the blind index of the patient's first name with it, as
    the Patient's `same_phone` and `same_email`.
    """

    organization_id = fields.UUIDField()
    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="further_contacts"
    )
    kind = fields.CharEnumField(ContactKind, max_length=6)
    index = fields.CharField(max_length=32)
    value_sealed = fields.BinaryField()
    label = fields.CharEnumField(ContactLabel, max_length=6, null=True)
    owner = fields.CharEnumField(Relation, max_length=10, null=True)
    owner_name_sealed = fields.BinaryField(null=True)
    same = fields.CharField(max_length=32, null=True, db_index=True)

    class Meta:
        table = "patient_contact"
        unique_together = (("patient", "index"),)
        indexes = (("organization_id", "index"),)
