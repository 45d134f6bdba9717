"""What must not be deleted because of a lawsuit or an investigation, whatever the clinic's rule says."""

from tortoise import fields

from server.models.base import Record


class LegalHold(Record):
    """An admin of the clinic holds all there is of a patient or, without one, of the whole clinic.

    It lasts until `lifted_at`. Several may hold the same: each is lifted by itself.
    """

    organization_id = fields.UUIDField()
    patient_id = fields.UUIDField(null=True)
    by_id = fields.UUIDField()
    reason_sealed = fields.BinaryField()
    lifted_at = fields.DatetimeField(null=True)
    lifted_by_id = fields.UUIDField(null=True)
    lifted_why_sealed = fields.BinaryField(null=True)

    class Meta:
        table = "legal_hold"
        indexes = (("organization_id", "created_at"), ("patient_id",))
