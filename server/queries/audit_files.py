"""The audit of a time as a file, in pieces: a table for people, or lines of JSON with the seals for programs."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Literal, TypeVar
from uuid import UUID

import msgspec

from server.db import snapshot, sql
from server.queries import actors, audit_words, sheets, trail

Format = Literal["csv", "ndjson"]
BATCH = 1000
HEADER = (
    "number",
    "at",
    "who",
    "kind_of_who",
    "what",
    "did",
    "patient",
    "outcome",
    "address",
    "who_id",
    "patient_id",
    "about_id",
    "session_id",
    "entry_id",
    "data",
)
MEDIA_TYPES: dict[Format, str] = {"csv": sheets.MEDIA_TYPE, "ndjson": "application/x-ndjson"}
Row = dict[str, object]
T = TypeVar("T")


class Sealed(msgspec.Struct, frozen=True):
    """An entry as it stands in the database, with its number and seal (in hex) in the clinic's chain."""

    number: int | None
    seal: str | None
    id: UUID
    at: datetime
    did: str
    words: str
    actor_kind: str
    actor_id: UUID | None
    about_id: UUID | None
    patient_id: UUID | None
    outcome: str
    source: str | None
    session_id: UUID | None
    data: msgspec.Raw


async def pieces(
    organization: UUID, kind: Format, since: datetime, until: datetime
) -> AsyncIterator[tuple[bytes, int]]:
    """The file from its beginning, a thousand entries at a time, the oldest first; with how many are in each piece.

    Each piece is a moment of its own: entries are only ever added, so nobody waits for who reads slowly.
    """
    written = _as_table if kind == "csv" else _as_lines
    after: tuple[datetime, UUID] | None = None
    if kind == "csv":
        yield sheets.MARK + sheets.lines([HEADER]), 0
    while True:
        async with snapshot():
            rows = await trail.batch(organization, since, until, after, BATCH)
            names = await actors.names(organization, rows) if kind == "csv" else actors.Names({})
        if rows:
            yield written(rows, names), len(rows)
            after = actors.time(rows[-1]["at"]), sql.as_id(rows[-1]["id"])
        if len(rows) < BATCH:
            return


def _as_table(rows: Sequence[Row], names: actors.Names) -> bytes:
    return sheets.lines([_cells(row, names) for row in rows])


def _cells(row: Row, names: actors.Names) -> list[str]:
    who = names.who(row)
    patient = names.patient(sql.as_id(row["patient_id"])).name if row["patient_id"] else ""
    ids = ("actor_id", "patient_id", "about_id", "session_id", "id", "data")
    return [
        _cell(row["seal_number"]),
        actors.time(row["at"]).isoformat(),
        who.name,
        who.kind,
        audit_words.words_of(str(row["did"])),
        str(row["did"]),
        patient,
        str(row["outcome"]),
        _cell(row["source"]),
        *(_cell(row[name]) for name in ids),
    ]


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _as_lines(rows: Sequence[Row], _names: actors.Names) -> bytes:
    return msgspec.json.Encoder().encode_lines([_sealed(row) for row in rows])


def _sealed(row: Row) -> Sealed:
    number, seal = row["seal_number"], row["seal"]
    return Sealed(
        number=int(str(number)) if number is not None else None,
        seal=seal.hex() if isinstance(seal, bytes) else None,
        id=sql.as_id(row["id"]),
        at=actors.time(row["at"]),
        did=str(row["did"]),
        words=audit_words.words_of(str(row["did"])),
        actor_kind=str(row["actor_kind"]),
        actor_id=_maybe(row["actor_id"], sql.as_id),
        about_id=_maybe(row["about_id"], sql.as_id),
        patient_id=_maybe(row["patient_id"], sql.as_id),
        outcome=str(row["outcome"]),
        source=_maybe(row["source"], str),
        session_id=_maybe(row["session_id"], sql.as_id),
        data=_data(str(row["data"])),
    )


def _data(text: str) -> msgspec.Raw:
    """As it was written. What is no JSON was not written by us, and is shown as the text that it is."""
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError:
        return msgspec.Raw(msgspec.json.encode(text))
    return msgspec.Raw(text.encode())


def _maybe(value: object, read: Callable[[object], T]) -> T | None:
    return None if value is None else read(value)
