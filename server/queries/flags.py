"""Words that may be urgent and that nobody has looked at: whoever comes to the inbox hears of them as of new ones."""

from datetime import timedelta
from uuid import UUID

import msgspec

from server import clock, urgent_words
from server.access import Staff
from server.db import sql
from server.queries import me_views, sight
from server.vault import Keyring

FRESH = timedelta(minutes=30)
"""Older ones stand in the list with their task, and are told to nobody any more."""


class _Said(msgspec.Struct, frozen=True, array_like=True):
    """Words that nobody on the staff has had on screen, `sealed` in hexadecimal digits, and the task of their kind."""

    conversation: UUID
    task: UUID
    number: int
    message: UUID
    sealed: str


def column(staff: Staff, team: str) -> tuple[str, list[object]]:
    """A column of a statement, beside its `team` column: what has come to the team lately that this person sees; and
    the values it takes.
    """
    seen, values = sight.but_hidden(staff, "f")
    found = sql.rows(
        ("f.id", "t.id", "m.number", "m.id", sql.as_hex("m.body_sealed")),
        '"conversation" f'
        " JOIN \"task\" t ON t.conversation_id = f.id AND t.kind = 'urgent' AND t.current"
        ' JOIN "message" m ON m.conversation_id = f.id AND m.number >= t.number AND m.number > f.care_read'
        " AND m.user_id IS NULL AND m.created_at > ?"
        f" WHERE f.team_id = {team} AND {seen} AND f.is_open AND f.needs_reply_since IS NOT NULL",
    )
    return found, [sql.as_time(clock.now() - FRESH), *values]


def shown(ring: Keyring, value: object) -> list[me_views.Flag]:
    """What `column` gave: of each conversation the first words that may be urgent."""
    found: dict[UUID, me_views.Flag] = {}
    for said in sorted(sql.as_rows(value, _Said), key=lambda said: (said.conversation, said.number)):
        if said.conversation not in found and _is_urgent(ring, said):
            found[said.conversation] = me_views.Flag(said.conversation, said.task, said.number)
    return list(found.values())


def _is_urgent(ring: Keyring, said: _Said) -> bool:
    return bool(urgent_words.found(ring.open("message", "body", said.message, bytes.fromhex(said.sealed))))
