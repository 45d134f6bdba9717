"""What a database really looks like, in plain lines, for comparing two of them."""

import sqlite3
from contextlib import closing

import asyncpg

from server.db import connect
from server.migrate import shape

COLUMNS = """SELECT 'column', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public'"""
FOREIGN_KEYS = """SELECT 'foreign key', conrelid::regclass, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f'"""
CHECKS = "SELECT 'check', conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'"
INDEXES = """SELECT 'index', t.relname, i.indisunique, i.indisprimary, coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
    (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), ',' ORDER BY n) FROM generate_series(1, i.indnkeyatts) n)
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = 'public'::regnamespace"""
SQLITE_CHECKS = "SELECT 'check', name, sql LIKE '%CONSTRAINT%CHECK%' FROM sqlite_master WHERE type = 'table'"
NAMES = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


async def shape_of(url: str) -> set[tuple[str, ...]]:
    """Every column, foreign key, check and index, without the names of these."""
    on_sqlite, on_postgres = (*shape.QUERIES, SQLITE_CHECKS), (COLUMNS, FOREIGN_KEYS, CHECKS, INDEXES)
    queries = on_sqlite if connect.is_sqlite(url) else on_postgres
    lines = {tuple(map(str, row)) for query in queries for row in await ask(url, query)}
    return {line for line in lines if "tortoise_migrations" not in line[1]}


async def index_names(url: str) -> set[str]:
    """The names of all indexes."""
    query = "SELECT name FROM sqlite_master WHERE type = 'index'" if connect.is_sqlite(url) else NAMES
    return {str(name) for (name,) in await ask(url, query)}


async def counts(url: str) -> dict[str, int]:
    """How many rows each table holds."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'" if connect.is_sqlite(url) else TABLES
    tables = [str(name) for (name,) in await ask(url, query) if not str(name).startswith(("sqlite_", "tortoise_"))]
    return {table: int(str((await ask(url, f'SELECT count(*) FROM "{table}"'))[0][0])) for table in tables}


async def ask(url: str, query: str) -> list[tuple[object, ...]]:
    """The rows of one query over a connection of its own; what it changed is kept."""
    if connect.is_sqlite(url):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as database:
            return list(database.execute(query))
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()
