"""The shapes of runs that bring lists of patients in."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from server.importing import Columns, Decision, Kept, Look

StateName = Literal[
    "receiving", "reading", "refused", "read", "checking", "checked", "writing", "paused", "done", "stopped", "undoing",
    "undone",
]  # fmt: skip


class Run(msgspec.Struct, frozen=True):
    """One file on its way into the directory. `created`, `updated`, `unchanged` and `skipped` add up to `position`;
    while it is checked, they say what would be. `by`: who brought it; null: the operator did.

    `shared` of its rows have a phone or an e-mail that somebody else has too. `why` is the sentence with which the file
    was refused. `undo_until`: how long all of it can be taken back; null: not
    now. `taken_back` patients were, `kept` had changed since. `rows_until`: how long its rows can be looked at.
    """

    id: UUID
    name: str
    state: StateName
    by: str | None
    at: datetime
    size: int
    received: int
    why: str | None
    rows: int
    position: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    shared: int
    taken_back: int
    kept: int
    began_at: datetime | None
    ended_at: datetime | None
    undo_until: datetime | None
    rows_until: datetime | None


class Detail(msgspec.Struct, frozen=True):
    """A run with what was found out about its file. `columns` is what somebody said about them, or what we suggest:
    what was said last time of a file with the same header (`remembered`), else our guess.
    """

    run: Run
    look: Look | None
    columns: Columns | None
    remembered: bool


class Side(msgspec.Struct, frozen=True):
    """One field of a row in which the patient on file is other."""

    field: Kept
    on_file: str
    in_list: str


class Left(msgspec.Struct, frozen=True):
    """A row that somebody has to look at, as it stands in the file, or as somebody has put it right. `why` is a code,
    `words` a sentence. `fixed`: nothing is the matter with it any more, and it comes in with the others.

    `beside` is each field in which the patient on file is other. `decision` is what somebody has said about it.
    """

    row: int
    cells: list[str]
    why: str
    words: str
    field: str | None
    beside: list[Side]
    fixed: bool
    patient: UUID | None
    decision: Decision | None


class Rows(msgspec.Struct, frozen=True):
    """Some of them in the order of the file; `next` is what to ask for the rest with."""

    rows: list[Left]
    next: int | None
