"""Who did or looked at what, when and from where. Append-only, kept for years."""

from tortoise import fields
from tortoise.models import Model


class AuditEntry(Model):
    """One touch of the record. `did` is a tag of `server/audit.py`; nothing here holds words, names or secrets.

    `seal` and `seal_number` are filled later by the worker, which chains the entries of each organization
    (`server/chain.py`). Nothing else of an entry ever changes, and none goes: the database itself refuses it.
    """

    id = fields.UUIDField(primary_key=True)
    at = fields.DatetimeField()
    organization_id = fields.UUIDField(null=True)
    did = fields.CharField(max_length=40)
    actor_kind = fields.CharField(max_length=10)
    actor_id = fields.UUIDField(null=True)
    about_id = fields.UUIDField(null=True)
    patient_id = fields.UUIDField(null=True)
    outcome = fields.CharField(max_length=20, default="done")
    source = fields.CharField(max_length=45, null=True)
    session_id = fields.UUIDField(null=True)
    data = fields.TextField(default="{}")
    seal_number = fields.BigIntField(null=True)
    seal = fields.BinaryField(null=True)

    class Meta:
        table = "audit_entry"
        indexes = (
            ("organization_id", "at"),
            ("patient_id", "at"),
            ("actor_id", "at"),
            ("organization_id", "seal_number"),
        )


class AuditChain(Model):
    """How far an organization's entries are sealed: the number and the seal of the last. Its row is the chain's lock.

    Its id is the organization's; that of entries of no organization has only zeros.
    """

    id = fields.UUIDField(primary_key=True)
    number = fields.BigIntField()
    seal = fields.BinaryField()
    sealed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "audit_chain"
