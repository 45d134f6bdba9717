"""What a SQLite database really looks like, so that a migration is kept only if it did what it says.

A Shape is a set of plain lines about columns, foreign keys and indexes. Indexes are told by table, columns and
uniqueness: a constraint written in the table and a unique index made later are the same promise.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from tortoise.backends.base.client import BaseDBAsyncClient

from server.errors import Kind, Refusal
from server.migrate.sqlite_editor import SqliteEditor
from server.migrate.states import Shapes

Shape = frozenset[tuple[str, ...]]

COLUMNS = """SELECT 'column', m.name, c.name, c.type, c."notnull", c.pk, coalesce(c.dflt_value, '')
    FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"""
FOREIGN_KEYS = """SELECT 'foreign key', m.name, f."from", f."table", f."to", f.on_delete
    FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"""
INDEXES = """SELECT 'index', m.name, i."unique", i.partial,
    (SELECT group_concat(k.name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) k)
    FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table'"""
QUERIES = (COLUMNS, FOREIGN_KEYS, INDEXES)


async def of(connection: BaseDBAsyncClient) -> Shape:
    """The shape of the database at the end of this connection."""
    lines = [row for query in QUERIES for row in (await connection.execute_query(query))[1]]
    return _lines(tuple(row) for row in lines)


def wanted(state: Shapes, connection: BaseDBAsyncClient) -> Shape:
    """The shape that these models have when they are made from nothing."""
    editor = SqliteEditor(connection)
    with closing(sqlite3.connect(":memory:")) as fresh:
        for model in state.drawn():
            fresh.executescript(editor.definition(model))
        return _lines(row for query in QUERIES for row in fresh.execute(query))


async def check(connection: BaseDBAsyncClient, state: Shapes) -> None:
    """Refuse with `broken` if a row points nowhere or something that the models promise is not there."""
    _, orphans = await connection.execute_query("PRAGMA foreign_key_check")
    missing = wanted(state, connection) - await of(connection)
    if orphans or missing:
        found = [f"{len(orphans)} rows that point nowhere"] * bool(orphans) + sorted(map(" ".join, missing))
        raise Refusal(Kind.CONFLICT, "broken", f"The migration was undone. It would have left: {'; '.join(found)}.")


def _lines(rows: Iterable[tuple[object, ...]]) -> Shape:
    return frozenset(tuple(map(str, row)) for row in rows)
