"""The notes of a conversation, as its team sees them."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from server import keys, models
from server.queries import members, note_views, work_views
from server.vault import Keyring


async def beside(conversation: UUID, *, start: int, before: int | None) -> list[note_views.Note]:
    """The notes that stand under the messages from number `start` on and before another, oldest first; one query."""
    chosen = models.Note.filter(conversation_id=conversation, after__gte=start)
    if before is not None:
        chosen = chosen.filter(after__lt=before)
    return await _shown(await chosen.order_by("number").select_related("user"))


async def notes(ids: Collection[UUID]) -> dict[UUID, note_views.Note]:
    """These notes; one query however many."""
    found = await models.Note.filter(id__in=list(ids)).select_related("user")
    return {note.id: note for note in await _shown(found)}


async def _shown(found: Sequence[models.Note]) -> list[note_views.Note]:
    return [_view(await keys.of(note.organization_id), note) for note in found]


def _view(ring: Keyring, note: models.Note) -> note_views.Note:
    return note_views.Note(
        id=note.id,
        conversation=note.conversation_id,
        number=note.number,
        after=note.after,
        key=note.key,
        by=members.colleague(note.user),
        body=ring.open("note", "body", note.id, note.body_sealed),
        mentions=msgspec.json.decode(note.mentioned, type=list[work_views.Colleague]),
        at=note.created_at,
    )
