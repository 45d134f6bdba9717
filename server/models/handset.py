"""The handset inside the product: what would have been on patients' phones while a clinic tries or practises."""

from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.patient import PhoneNumber


class HandsetText(Record):
    """A text of a number whose texts stay inside. `phone_sealed` is whose phone it would have been, `phone_index` its
    blind index. `ref` is the name the worker gave it, so that it is here once; null: somebody wrote it on the handset,
    as a patient would (`by_id`).
    """

    organization_id = fields.UUIDField()
    phone_number_id: UUID
    phone_number: fields.ForeignKeyRelation[PhoneNumber] = fields.ForeignKeyField(
        "models.PhoneNumber", on_delete=fields.CASCADE, related_name="handset_texts"
    )
    phone_sealed = fields.BinaryField()
    phone_index = fields.CharField(max_length=32)
    words_sealed = fields.BinaryField()
    ref = fields.CharField(max_length=64, null=True, unique=True)
    by_id = fields.UUIDField(null=True)

    class Meta:
        table = "handset_text"
        indexes = (("organization_id", "created_at"),)
