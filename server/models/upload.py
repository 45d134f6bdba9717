"""Files on their way to a message, and who has looked at those that arrived."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.conversation import Conversation, File


class UploadState(StrEnum):
    """How far an upload has come. One that is `dropped` is on its way out: nobody sees it, and the sweep ends it."""

    RECEIVING = "receiving"
    KEPT = "kept"
    REFUSED = "refused"
    DROPPED = "dropped"


class Upload(Record):
    """A file that somebody adds to what they write. What is kept of it becomes the File with the same id.

    `owner_id` is the user or the reader of the portal who sends it, `key` the name that their page gave it. `size` and
    `media_type` are what was announced; `received` counts the bytes that lie here, sealed in pieces. `message_id` is
    the message it went out with.
    """

    organization_id = fields.UUIDField()
    conversation_id: UUID
    conversation: fields.ForeignKeyRelation[Conversation] = fields.ForeignKeyField(
        "models.Conversation", on_delete=fields.RESTRICT, related_name="uploads"
    )
    owner_id = fields.UUIDField()
    key = fields.CharField(max_length=64)
    name_sealed = fields.BinaryField()
    media_type = fields.CharField(max_length=60)
    size = fields.IntField()
    received = fields.IntField(default=0)
    state = fields.CharEnumField(UploadState, max_length=10, default=UploadState.RECEIVING)
    why = fields.CharField(max_length=40, null=True)
    message_id = fields.UUIDField(null=True)

    class Meta:
        table = "upload"
        unique_together = (("conversation", "owner_id", "key"),)
        indexes = (("organization_id", "message_id"), ("owner_id", "message_id"), ("message_id", "created_at"))


class FileReceipt(Record):
    """This reader really looked at this document: the first time, by our clock. It never moves and never goes."""

    file_id: UUID
    file: fields.ForeignKeyRelation[File] = fields.ForeignKeyField(
        "models.File", on_delete=fields.RESTRICT, related_name="receipts"
    )
    patient_id = fields.UUIDField()
    viewer_id = fields.UUIDField()
    session_id = fields.UUIDField()

    class Meta:
        table = "file_receipt"
        unique_together = (("file", "viewer_id"),)
