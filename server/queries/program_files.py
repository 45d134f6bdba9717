"""Files that came with messages, as other programs of the clinic see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from tortoise.queryset import QuerySet

from server import models
from server.programs import Program
from server.queries import files, sight


class ProgramFile(msgspec.Struct, frozen=True):
    """A file of a message that was not taken back."""

    id: UUID
    message: UUID
    patient: UUID
    media_type: str
    name: str | None
    size: int
    at: datetime


def readable(by: Program) -> QuerySet[models.File]:
    """All that are kept, of messages in the inboxes that the key may see, but those of sensitive conversations."""
    return models.File.filter(
        sight.of(by, "message__conversation__"),
        organization_id=by.organization,
        state=models.FileState.KEPT,
        message__recalled_at=None,
    )


async def found(chosen: QuerySet[models.File]) -> list[ProgramFile]:
    """These files; one query."""
    rows: Sequence[models.File] = await chosen.select_related("message__conversation")
    return [
        ProgramFile(
            id=row.id,
            message=row.message.id,
            patient=row.message.conversation.patient_id,
            media_type=row.media_type or "application/octet-stream",
            name=await files.name_of(row),
            size=row.size,
            at=row.created_at,
        )
        for row in rows
        if row.message
    ]
