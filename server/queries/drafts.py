"""What somebody has begun to write, for themselves: every question here is of one writer."""

from datetime import datetime
from uuid import UUID

import msgspec

from server import access, keys
from server.db import sql
from server.models import DraftKind, Via
from server.queries import draft_views, upcoming

UNSENT = "u.state = 'kept' AND u.message_id IS NULL"
"""A file that is here and went with no message yet."""


class _Words(msgspec.Struct, frozen=True, array_like=True):
    id: UUID
    organization: UUID
    kind: DraftKind
    sealed: str
    via: Via | None
    both: bool
    patient_only: bool


class _File(msgspec.Struct, frozen=True, array_like=True):
    id: UUID
    organization: UUID
    sealed: str
    size: int
    created_at: datetime


async def mine(staff: access.Staff, conversation_id: UUID) -> draft_views.Drafts:
    """What this person has begun in a conversation.

    :raises Refusal: `unknown`
    """
    conversation = await access.conversation(staff, conversation_id)
    return await of(staff.user, conversation.id)


async def of(user: UUID, conversation: UUID) -> draft_views.Drafts:
    """The same of a conversation that they may read: the message before the note; one query."""
    [row] = await sql.fetch(_begun(), [user, conversation] * 2)
    written = sorted(sql.as_rows(row["words"], _Words), key=lambda each: each.kind)
    chosen = sorted(sql.as_rows(row["files"], _File), key=lambda each: (each.created_at, each.id))
    return draft_views.Drafts(
        conversation, [await _shown(each) for each in written], [await _file(each) for each in chosen]
    )


def _begun() -> str:
    sealed = sql.as_hex("d.body_sealed")
    words = sql.rows(
        ("d.id", "d.organization_id", "d.kind", sealed, "d.via", "d.both", "d.patient_only"),
        '"draft" d WHERE d.user_id = ? AND d.conversation_id = ?',
    )
    files = sql.rows(
        ("u.id", "u.organization_id", sql.as_hex("u.name_sealed"), "u.size", "u.created_at"),
        f'"upload" u WHERE u.owner_id = ? AND u.conversation_id = ? AND {UNSENT}',
    )
    return f"SELECT {words} AS words, {files} AS files"


async def _shown(draft: _Words) -> draft_views.Draft:
    ring = await keys.of(draft.organization)
    return draft_views.Draft(
        kind=draft.kind.value,
        body=ring.open("draft", "body", draft.id, bytes.fromhex(draft.sealed)),
        via=upcoming.SENDABLE[draft.via] if draft.via else None,
        both=draft.both,
        patient_only=draft.patient_only,
    )


async def _file(upload: _File) -> draft_views.ChosenFile:
    ring = await keys.of(upload.organization)
    name = ring.open("upload", "name", upload.id, bytes.fromhex(upload.sealed))
    return draft_views.ChosenFile(upload.id, name, upload.size)
