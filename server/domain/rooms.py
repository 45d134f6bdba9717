"""How much may lie here: of one writer unsent, of one patient, of one clinic (B70)."""

from uuid import UUID

from server import models
from server.db import sql
from server.errors import Kind, Refusal
from server.models import UploadState

GIB = 1024**3
UNSENT = 20
"""Files of one writer that are not sent yet."""
OF_PATIENT = 2 * GIB
OF_CLINIC = 200 * GIB
_LIVING = (UploadState.RECEIVING, UploadState.KEPT)


async def must_have(size: int, *, owner: UUID, patient: UUID, organization: UUID) -> None:
    """Look whether so many bytes more may come.

    :raises Refusal: `too_many_files`, `no_room`
    """
    unsent = models.Upload.filter(owner_id=owner, message_id=None, state__in=_LIVING)
    if await unsent.count() >= UNSENT:
        sentence = f"{UNSENT} files wait to be sent already. Send some of them, or take some out."
        raise Refusal(Kind.CONFLICT, "too_many_files", sentence)
    if await _kept("patient_id", patient) + size > OF_PATIENT:
        raise Refusal(Kind.CONFLICT, "no_room", "This patient has no room for more files. Tell your administrator.")
    if await _kept("organization_id", organization) + await _coming(organization) + size > OF_CLINIC:
        raise Refusal(Kind.CONFLICT, "no_room", "The clinic has no room for more files. Tell your administrator.")


async def _kept(column: str, owner: UUID) -> int:
    statement = f'SELECT COALESCE(SUM("size"), 0) AS "bytes" FROM "file" WHERE "{column}" = ?'  # noqa: S608 - ours
    [row] = await sql.fetch(statement, [owner])
    return int(str(row["bytes"]))


async def _coming(organization: UUID) -> int:
    statement = """SELECT COALESCE(SUM("size"), 0) AS "bytes" FROM "upload"
        WHERE "organization_id" = ? AND "message_id" IS NULL AND "state" = 'receiving'"""
    [row] = await sql.fetch(statement, [organization])
    return int(str(row["bytes"]))
