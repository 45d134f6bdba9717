"""What somebody leaves at the end of a shift."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from server import models
from server.access import Staff
from server.db import sql
from server.queries import inbox, sight, views

MOST = 100
LONGEST = 10

# Who snoozed it last; or whoever wrote something that waits for its time.
_PROMISED = """
(c.snoozed_until IS NOT NULL AND ? = (
    SELECT e.user_id FROM "event" e WHERE e.conversation_id = c.id AND e.kind = ?
    ORDER BY e.created_at DESC, e.id DESC LIMIT 1
)) OR EXISTS (SELECT 1 FROM "later" l WHERE l.conversation_id = c.id AND l.user_id = ? AND l.state = ?)
"""
_ASKED_FIRST = "CASE WHEN c.needs_reply_since IS NULL THEN 1 ELSE 0 END, c.needs_reply_since, c.updated_at DESC"
_NOT_MINE = "(c.assignee_id IS NULL OR c.assignee_id <> ?)"


class Shift(msgspec.Struct, frozen=True):
    """Conversations of the teams that I am in, by what they are to me; each id stands in `rows` too.

    `mine` are open and my work, `promised` snoozed by me or with something of mine to be sent later (100 at most of
    each). Of those that are not my work, `waiting` are the 10 that need a reply first, `undelivered` the newest 10.
    """

    rows: list[views.Row]
    mine: list[UUID]
    promised: list[UUID]
    waiting: list[UUID]
    undelivered: list[UUID]


async def of(staff: Staff) -> Shift:
    """All of it as of now; what is mine stands in no other list."""
    me = staff.user
    mine = await _ids(staff, "c.assignee_id = ?", [me], _ASKED_FIRST, MOST)
    values = [me, models.EventKind.SNOOZED.value, me, models.LaterState.WAITING.value, me]
    promised = await _ids(staff, f"({_PROMISED}) AND {_NOT_MINE}", values, "c.updated_at DESC", MOST)
    first = "CASE WHEN c.is_priority THEN 0 ELSE 1 END, c.needs_reply_since"
    waiting = await _ids(staff, f"{inbox.WHICH['needs_reply']} AND {_NOT_MINE}", [me], first, LONGEST)
    lost = f"{inbox.WHICH['undelivered']} AND {_NOT_MINE}"
    undelivered = await _ids(staff, lost, [me], "c.updated_at DESC", LONGEST)
    rows = await inbox.rows({*mine, *promised, *waiting, *undelivered})
    return Shift(list(rows.values()), mine, promised, waiting, undelivered)


async def _ids(staff: Staff, where: str, values: Sequence[object], order: str, most: int) -> list[UUID]:
    theirs, asked = sight.where(staff, staff.member_of)
    chosen = f"c.is_open = TRUE AND {theirs} AND {where}"
    statement = f'SELECT c.id FROM "conversation" c WHERE {chosen} ORDER BY {order}, c.id LIMIT {most}'  # noqa: S608 - our own words and marks
    return [sql.as_id(row["id"]) for row in await sql.fetch(statement, [*asked, *values])]
