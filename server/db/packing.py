"""Lines of a table that are made ready before they are written, outside of the transaction that writes them.

Of lines by the thousand the driver's own making takes longer than PostgreSQL's keeping, so these are made column by
column in the format that PostgreSQL copies from (https://www.postgresql.org/docs/16/sql-copy.html, "Binary Format").
"""

import struct
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tortoise import connections

from server.db import sql

Cell = bytes | str
"""A value as it goes into a line: for PostgreSQL its length and itself, for SQLite its text."""
Line = bytes | tuple[Cell, ...]

_HEADER, _END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_EPOCH, _MICROSECOND = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_length, _count, _time = struct.Struct("!i").pack, struct.Struct("!h").pack, struct.Struct("!q").pack


def cell(value: UUID | datetime) -> Cell:
    """One value, for as many lines as have it."""
    if sql.is_sqlite():
        return str(value)
    return _sized(value.bytes if isinstance(value, UUID) else _time((value - _EPOCH) // _MICROSECOND))


def ids(raw: Sequence[bytes]) -> list[Cell]:
    """A column of ids, from their bytes."""
    if not sql.is_sqlite():
        return [_sized(each) for each in raw]
    texts = (each.hex() for each in raw)
    return [f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}" for text in texts]


def texts(values: Sequence[str]) -> list[Cell]:
    """A column of texts."""
    return list(values) if sql.is_sqlite() else [_sized(each.encode()) for each in values]


def lines(*columns: Sequence[Cell]) -> list[Line]:
    """The lines whose columns these are."""
    if sql.is_sqlite():
        return list(zip(*columns, strict=True))
    count = _count(len(columns))
    return [b"".join((count, *cells)) for cells in zip(*columns, strict=True)]


async def add(table: str, columns: Sequence[str], ready: Sequence[Line]) -> None:
    """Write them, inside a transaction; `columns` in the order in which the lines were made."""
    if not ready:
        return
    connection = connections.get("default")
    if sql.is_sqlite():
        await connection.execute_many(sql.insertion(table, columns), ready)
        return
    async with connection.acquire_connection() as raw:
        await raw.copy_to_table(table, source=_stream(ready), columns=columns, format="binary")


async def _stream(ready: Sequence[Line]) -> AsyncIterator[bytes]:
    yield b"".join((_HEADER, *ready, _END))  # type: ignore[arg-type]


def _sized(value: bytes) -> bytes:
    return _length(len(value)) + value
