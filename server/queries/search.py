"""Where words were said: messages and notes of the inboxes that somebody may read."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from server import errors, keys, lexicon, models
from server.access import Staff
from server.db import sql
from server.queries import cursors, directory, find_views, inbox, sight
from server.queries import people as who
from server.vault import Keyring

PAGE = 20
WORDS = 10
"""So many words of a query count."""

# With OFFSET, PostgreSQL asks it of row after row in the order of the index, and stops after a page. Without, it makes
# a join of it and, with a plan for any words, reads and sorts all that has the first: of 40,000 messages 240 ms, not 8.
_HAS = 'EXISTS (SELECT 1 FROM "word" o WHERE o.said_id = w.said_id AND o.token = ? LIMIT 1 OFFSET 0)'


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID


def sought(text: str) -> list[str]:
    """The words of a query that count, folded. The longest stands first: it is likely the rarest."""
    return sorted(lexicon.distinct(text, WORDS), key=lambda word: (-len(word), word))


async def find(staff: Staff, text: str, *, team: UUID | None = None, before: str | None = None) -> find_views.Found:
    """Patients (`directory.find`), and what was written in which all the words stand; of one team, or of all inboxes
    that this person may read.

    A page of 20 hits, the newest first; patients on the first page only. Three queries beside those of the directory.

    :raises Refusal: `unknown`, `wrong_shape` for a cursor that is none
    """
    if team is not None and team not in staff.reads:
        raise errors.unknown()
    cursor, words = _read(before), sought(text)
    rows = await _said(staff, words, None if team is None else [team], cursor) if words and staff.reads else []
    return find_views.Found(
        patients=[] if cursor else await directory.find(staff, text),
        hits=await _hits(staff.organization, [sql.as_id(row["said_id"]) for row in rows[:PAGE]], words),
        next=_written(rows[PAGE - 1]) if len(rows) > PAGE else None,
    )


async def _said(
    staff: Staff, words: Sequence[str], teams: Sequence[UUID] | None, cursor: _Cursor | None
) -> list[dict[str, object]]:
    """The newest that have the first word and all the others: the index gives them in their order."""
    first, *others = lexicon.tokens(await keys.of(staff.organization), words)
    theirs, asked = sight.where(staff, teams)
    where = f"w.organization_id = ? AND w.token = ? AND {theirs}"
    values: list[object] = [staff.organization, first, *asked]
    for other in others:
        where += f" AND {_HAS}"
        values.append(other)
    if cursor:
        where += " AND (w.created_at, w.said_id) < (?, ?)"
        values += [sql.as_time(cursor.at), cursor.id]
    return await sql.fetch(
        'SELECT w.said_id, w.created_at AS at FROM "word" w JOIN "conversation" c ON c.id = w.conversation_id '  # noqa: S608 - our own words and marks
        f"WHERE {where} ORDER BY w.created_at DESC, w.said_id DESC LIMIT {PAGE + 1}",
        values,
    )


async def _hits(organization: UUID, ids: Sequence[UUID], words: Collection[str]) -> list[find_views.Hit]:
    if not ids:
        return []
    ring = await keys.of(organization)
    messages = models.Message.filter(id__in=ids, recalled_at=None)
    said = await messages.select_related("user", "proxy", "conversation__patient")
    notes = await models.Note.filter(id__in=ids).select_related("user", "conversation__patient")
    found = {message.id: await _message(ring, message, words) for message in said}
    found |= {note.id: await _note(ring, note, words) for note in notes}
    return [found[each] for each in ids if each in found]


async def _message(ring: Keyring, message: models.Message, words: Collection[str]) -> find_views.Hit:
    conversation = message.conversation
    return find_views.Hit(
        kind="message",
        id=message.id,
        conversation=conversation.id,
        team=conversation.team_id,
        patient=await who.row_patient(conversation.patient),
        number=message.number,
        at_message=message.number,
        by=inbox.writer(ring, conversation.patient, message),
        at=message.created_at,
        snippet=_snippet(ring.open("message", "body", message.id, message.body_sealed), words),
    )


async def _note(ring: Keyring, note: models.Note, words: Collection[str]) -> find_views.Hit:
    return find_views.Hit(
        kind="note",
        id=note.id,
        conversation=note.conversation_id,
        team=note.conversation.team_id,
        patient=await who.row_patient(note.conversation.patient),
        number=note.number,
        at_message=note.after,
        by=note.user.name,
        at=note.created_at,
        snippet=_snippet(ring.open("note", "body", note.id, note.body_sealed), words),
    )


def _snippet(text: str, words: Collection[str]) -> list[find_views.Piece]:
    return [find_views.Piece(piece, is_hit) for piece, is_hit in lexicon.snippet(text, words)]


def _written(row: dict[str, object]) -> str:
    at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(str(row["at"]))
    return cursors.written(_Cursor(at, sql.as_id(row["said_id"])))


def _read(text: str | None) -> _Cursor | None:
    sentence = "That page of the list is not there. Search again."
    return None if text is None else cursors.read(text, _Cursor, otherwise=sentence)
