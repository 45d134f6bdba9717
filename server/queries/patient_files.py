"""Every file of one patient: what came with their messages and with ours, in all inboxes that somebody may read."""

from datetime import datetime
from uuid import UUID

import msgspec
from tortoise.expressions import Q

from server import keys, models
from server.access import Staff
from server.queries import cursors, file_views, files, inbox, sight
from server.vault import Keyring

PAGE = 10


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    message: UUID
    file: UUID


async def of(staff: Staff, patient: models.Patient, *, before: str | None = None) -> file_views.PatientFiles:
    """A page of 10, the newest first: one query, one for the looks at them, and one where somebody acts for a patient.

    A paper that proves a consent came with no message: the ledger has it.

    :raises Refusal: `wrong_shape` for a cursor that is none
    """
    theirs = models.File.filter(sight.also_by_glass(staff, "message__conversation__"), patient_id=patient.id)
    if before is not None:
        theirs = theirs.filter(_after(_read(before)))
    newest = theirs.order_by("-message__created_at", "-message_id", "-id").limit(PAGE + 1)
    rows = await newest.select_related("message__conversation", "message__user", "message__proxy")
    page = [(row, row.message) for row in rows[:PAGE] if row.message]
    ring, shown = await keys.of(patient.organization_id), await files.with_views([row for row, _ in page])
    return file_views.PatientFiles(
        files=[_view(ring, patient, message, file) for (_, message), file in zip(page, shown, strict=True)],
        next=_written(*page[-1]) if len(rows) > PAGE else None,
    )


def _after(cursor: _Cursor) -> Q:
    same = Q(message__created_at=cursor.at)
    older = Q(message__created_at__lt=cursor.at) | same & Q(message_id__lt=cursor.message)
    return older | same & Q(message_id=cursor.message) & Q(id__lt=cursor.file)


def _view(
    ring: Keyring, patient: models.Patient, message: models.Message, file: file_views.File
) -> file_views.PatientFile:
    return file_views.PatientFile(
        file=file,
        conversation=message.conversation_id,
        team=message.conversation.team_id,
        number=message.number,
        sender="staff" if message.user else "patient",
        who=inbox.writer(ring, patient, message),
        at=message.created_at,
        taken_back=message.recalled_at is not None,
    )


def _written(row: models.File, message: models.Message) -> str:
    return cursors.written(_Cursor(message.created_at, message.id, row.id))


def _read(text: str) -> _Cursor:
    return cursors.read(text, _Cursor, otherwise="That page of the files is not there. Open them again.")
