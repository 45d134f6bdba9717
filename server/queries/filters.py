"""What a staff list leaves out, as conditions on a conversation `c`."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from server.db import sql
from server.queries.inbox_views import NOBODY, Filters

Condition = tuple[str, Sequence[object]]
"""A piece of SQL and the value of each mark in it."""

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_TAGGED = 'EXISTS (SELECT 1 FROM "tagging" g WHERE g.conversation_id = c.id AND g.tag_id = ?)'
_READS = 'EXISTS (SELECT 1 FROM "patient" p WHERE p.id = c.patient_id AND p.language = ?)'


def without_wait(only: Filters) -> Condition:
    """All but how long the patient has waited."""
    asked: list[tuple[str, list[object]]] = []
    if only.tag:
        asked.append((_TAGGED, [only.tag]))
    if only.assignee == NOBODY:
        asked.append(("c.assignee_id IS NULL", []))
    elif only.assignee:
        asked.append(("c.assignee_id = ?", [UUID(only.assignee)]))
    if only.language:
        asked.append((_READS, [only.language]))
    if only.way:
        asked.append(("c.way = ?", [only.way]))
    return "".join(f" AND {where}" for where, _ in asked), [value for _, values in asked for value in values]


def of(only: Filters, now: datetime, turned: datetime | None = None) -> Condition:
    """All of them; with `turned` only what began to wait long enough at that moment or since."""
    where, values = without_wait(only)
    if only.waiting is None:
        return where, values
    where, values = f"{where} AND c.needs_reply_since < ?", [*values, _since(only.waiting, now)]
    if turned is None:
        return where, values
    return f"{where} AND c.needs_reply_since >= ?", [*values, _since(only.waiting, max(turned, _LONG_AGO))]


def next_turn(only: Filters, now: datetime, source: str, where: str, values: Sequence[object]) -> Condition:
    """A column: since when waits what comes in next by waiting alone; `where` chooses the whole list of `source`."""
    if only.waiting is None:
        return "NULL", []
    rest, asked = without_wait(only)
    chosen = f"{where}{rest} AND c.needs_reply_since >= ?"
    column = f"(SELECT MIN(c.needs_reply_since) {source} WHERE {chosen})"
    return column, [*values, *asked, _since(only.waiting, now)]


def _since(minutes: int, now: datetime) -> object:
    return sql.as_time(now - timedelta(minutes=minutes))
