"""A few statements the ORM cannot say, written once for both databases with `?` for each value."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from tortoise import connections

Value = str | int | bool | UUID | None | object
Row = TypeVar("Row", bound=msgspec.Struct)


async def fetch(sql: str, values: Sequence[Value]) -> list[dict[str, object]]:
    """Run a statement that returns rows, on the connection of the open transaction or snapshot."""
    connection = connections.get("default")
    if is_sqlite():
        plain = [str(value) if isinstance(value, UUID) else value for value in values]
        return list(await connection.execute_query_dict(sql, plain))
    return list(await connection.execute_query_dict(_numbered(sql), list(values)))


def _numbered(sql: str) -> str:
    """With PostgreSQL's `$1`, `$2`, … in the places of the `?`."""
    pieces = sql.split("?")
    return "".join(f"{piece}${number}" for number, piece in enumerate(pieces[:-1], 1)) + pieces[-1]


def is_sqlite() -> bool:
    """Whether the database is SQLite; else it is PostgreSQL."""
    return bool(connections.get("default").capabilities.dialect == "sqlite")


async def for_each(statement: str, lines: Sequence[Sequence[Value]]) -> None:
    """Run a statement that returns nothing once for each of these lines of values, inside a transaction."""
    connection = connections.get("default")
    if is_sqlite():
        await connection.execute_many(statement, [[_plain(value) for value in line] for line in lines])
    else:
        await connection.execute_many(_numbered(statement), [list(line) for line in lines])


async def execute(statement: str) -> None:
    """Run a statement of our own that returns nothing."""
    await connections.get("default").execute_script(statement)


def marks(values: Sequence[Value]) -> str:
    """The inside of an `IN (…)`."""
    return ",".join("?" * len(values)) or "NULL"


def among(values: Collection[str]) -> tuple[str, Value]:
    """What follows a column that is any of these texts, and its one value: the same words, however many there are."""
    if is_sqlite():
        return "IN (SELECT value FROM json_each(?))", _as_json(list(values))
    return "= ANY(?)", list(values)


def pairs(first: str, second: str, values: Collection[tuple[str, str]]) -> tuple[str, list[Value]]:
    """Pairs of texts as a table with two columns of these names, for `FROM`, and its values."""
    if is_sqlite():
        cells = f"json_extract(value, '$[0]') AS {first}, json_extract(value, '$[1]') AS {second}"
        return f"(SELECT {cells} FROM json_each(?))", [_as_json(list(values))]  # noqa: S608 - our own words
    lists: list[Value] = [[pair[0] for pair in values], [pair[1] for pair in values]]
    return f"(SELECT * FROM unnest(?::text[], ?::text[]) AS pair({first}, {second}))", lists  # noqa: S608 - our own words


def each(table: str, name: str, condition: str) -> str:
    """To join a table, as `name`, for each row of what stands before it: never the other way round, and never at once,
    which PostgreSQL may take for less work where it has not counted the table.
    """
    if is_sqlite():
        return f'CROSS JOIN "{table}" {name} ON {condition}'
    found = f'SELECT {name}.* FROM "{table}" {name} WHERE {condition} OFFSET 0'  # noqa: S608 - our own words
    return f"CROSS JOIN LATERAL ({found}) {name}"


def _as_json(values: object) -> str:
    return msgspec.json.encode(values).decode()


async def by_index() -> None:
    """Until the transaction or snapshot ends, whoever is looked for is looked for in the indexes.

    While a table fills, PostgreSQL has not counted it yet and would rather read all of it, for every two hundred rows
    of a list once more.
    """
    if not is_sqlite():
        asked = ", ".join(f"set_config('enable_{way}', 'off', true)" for way in ("seqscan", "hashjoin", "mergejoin"))
        await fetch(f"SELECT {asked}", [])


def as_id(value: object) -> UUID:
    """An id as either database gives it."""
    return value if isinstance(value, UUID) else UUID(str(value))


def as_time(at: datetime) -> object:
    """A time as the database compares it: SQLite keeps the ORM's text."""
    return str(at) if is_sqlite() else at


def from_time(value: object) -> datetime | None:
    """A time as either database gives it."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.fromisoformat(str(value))


def seconds(column: str) -> str:
    """SQL for a time in whole seconds since 1970 began (UTC), what is less than one cut off."""
    if is_sqlite():
        return f"CAST(strftime('%s', substr({column}, 1, 19)) AS INTEGER)"
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {column})) AS BIGINT)"


def rows(columns: Sequence[str], source: str) -> str:
    """A column that holds all rows of `FROM source`, in no order: what belongs to a row comes with it, not after it.

    The database makes a list of lists in JSON, which `as_rows` reads. What is sealed goes in by `as_hex`.
    """
    each = ", ".join(columns)
    if is_sqlite():
        return f"(SELECT json_group_array(json_array({each})) FROM {source})"  # noqa: S608 - our own words
    return f"(SELECT COALESCE(json_agg(json_build_array({each})), '[]') FROM {source})"  # noqa: S608 - our own words


def as_rows(value: object, shape: type[Row]) -> list[Row]:
    """What `rows` made, each of an `array_like` shape with a field for each column."""
    # Not strict: SQLite has numbers for true and false.
    return msgspec.json.decode(str(value), type=list[shape], strict=False)  # type: ignore[valid-type]


def as_hex(column: str) -> str:
    """Bytes as JSON can hold them; `bytes.fromhex` reads them back."""
    return f"hex({column})" if is_sqlite() else f"encode({column}, 'hex')"


async def hold_alone(*names: UUID) -> None:
    """Until the transaction ends, be the only one who holds these names: waits for all who hold one.

    It locks no row, so it stands in nobody's way who only reads or changes what is named. Who needs several takes them
    in one call, before the rows that depend on them. On SQLite there is one writer at a time, so a transaction that
    writes holds everything.
    """
    if is_sqlite():
        return
    for name in sorted(names):
        await fetch("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [str(name)])


async def hold_together(names: str, values: Sequence[Value]) -> None:
    """Hold the names that a SELECT gives (as `name`, in text) together with others who do, until nobody is alone."""
    if not is_sqlite():
        shared = "pg_advisory_xact_lock_shared(hashtextextended(held.name, 0))"
        await fetch(f"SELECT {shared} FROM ({names}) held", values)  # noqa: S608 - our own words


async def add(table: str, columns: Sequence[str], lines: Sequence[Sequence[Value]]) -> None:
    """Add many rows at once, inside a transaction: what is made by the thousand costs the ORM ten times as much.

    PostgreSQL takes them in one stream (COPY).
    """
    if not lines:
        return
    connection = connections.get("default")
    if is_sqlite():
        await connection.execute_many(insertion(table, columns), [[_plain(value) for value in line] for line in lines])
    else:
        async with connection.acquire_connection() as raw:
            await raw.copy_records_to_table(table, records=lines, columns=columns)


def insertion(table: str, columns: Sequence[str]) -> str:
    """The statement that adds a line to a table."""
    names, places = ", ".join(f'"{column}"' for column in columns), marks(columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608 - our own words


def _plain(value: Value) -> Value:
    if isinstance(value, UUID):
        return str(value)
    return as_time(value) if isinstance(value, datetime) else value
