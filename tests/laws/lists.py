"""Which rows a list shows, said once more in Python: the server says it in SQL, the screens in TypeScript."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tests.laws.replay import Screen, Shown

Row = dict[str, Any]


def rows(page: Shown) -> list[Row]:
    """The rows of a page."""
    return msgspec.convert(page["rows"], list[Row])


def ids(screen: Screen, page: Shown, me: str) -> set[str]:
    """The conversations of a screen that belong into the list of `page`, at its time."""
    view = BELONGS[str(page["view"])]
    every = [msgspec.convert(row, Row) for row in screen.rows.values()]
    return {row["id"] for row in every if view(row, screen.seen.get(row["id"], 0), me) and _fits(row, page)}


def _is_up(row: Row) -> bool:
    return row["state"] == "open" and row["snoozed_until"] is None


def _asks(row: Row) -> bool:
    return _is_up(row) and row["needs_reply_since"] is not None


def _is_whose(row: Row) -> str | None:
    return row["assignee"]["id"] if row["assignee"] else None


BELONGS: dict[str, Callable[[Row, int, str], bool]] = {
    "needs_reply": lambda row, _, __: _asks(row),
    "mine": lambda row, _, me: _is_up(row) and _is_whose(row) == me,
    "unassigned": lambda row, _, __: _asks(row) and row["assignee"] is None,
    "open": lambda row, _, __: row["state"] == "open",
    "waiting": lambda row, _, __: _is_up(row) and row["last"] is not None and row["needs_reply_since"] is None,
    "snoozed": lambda row, _, __: row["state"] == "open" and row["snoozed_until"] is not None,
    "undelivered": lambda row, _, __: row["state"] == "open" and row["trouble"] is not None,
    "not_read": lambda row, _, __: (
        row["state"] == "open" and row["not_read_since"] is not None and row["trouble"] is None
    ),
    "tasks": lambda row, _, __: bool(row["tasks"]),
    "unread": lambda row, seen, _: (
        row["state"] == "open"
        and row["last"] is not None
        and row["last"]["from"] == "patient"
        and row["last"]["number"] > seen
    ),
    "done": lambda row, _, __: row["state"] == "done",
}


def _fits(row: Row, page: Shown) -> bool:
    since = row["needs_reply_since"]
    waited = _at(page["now"]) - _at(since) if since else timedelta()
    return (
        page["tag"] in (None, *(tag["id"] for tag in row["tags"]))
        and page["assignee"] in (None, _is_whose(row) or "nobody")
        and page["language"] in (None, row["patient"]["language"])
        and page["way"] in (None, row["way"])
        and (page["waiting"] is None or waited > timedelta(minutes=int(str(page["waiting"]))))
    )


def _at(text: object) -> datetime:
    return datetime.fromisoformat(str(text))
