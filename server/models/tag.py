"""What a clinic sorts its conversations and its patients by: a small set of words in colours."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation
from server.models.patient import Patient


class Colour(StrEnum):
    """How a tag looks. The name is always beside it, so nobody depends on the colour."""

    GREY = "grey"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Tag(Record):
    """A word of a clinic's own, sealed: on a conversation it says something about a patient.

    `name_index` keeps two tags from having one name. Since `retired_at` it is put on nothing more; where it is, it
    stays until somebody takes it off.
    """

    organization_id = fields.UUIDField()
    name_sealed = fields.BinaryField()
    name_index = fields.CharField(max_length=32)
    colour = fields.CharEnumField(Colour, max_length=8)
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "tag"
        unique_together = (("organization_id", "name_index"),)


class Tagging(Record):
    """A Tag is on a Conversation. It goes when the tag is taken off; who did either is in the audit."""

    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="taggings"
    )
    tag_id: UUID
    tag: fields.ForeignKeyRelation[Tag] = fields.ForeignKeyField(
        "models.Tag", on_delete=fields.RESTRICT, related_name="taggings"
    )

    class Meta:
        table = "tagging"
        unique_together = (("conversation", "tag"),)
        indexes = (("tag_id",),)


class PatientTag(Record):
    """A Tag is on a Patient, whatever their conversations have. It goes when the tag is taken off, as above."""

    patient_id: UUID
    patient: fields.ForeignKeyRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.RESTRICT, related_name="tags"
    )
    tag_id: UUID
    tag: fields.ForeignKeyRelation[Tag] = fields.ForeignKeyField(
        "models.Tag", on_delete=fields.RESTRICT, related_name="patients"
    )

    class Meta:
        table = "patient_tag"
        unique_together = (("patient", "tag"),)
        indexes = (("tag_id",),)
