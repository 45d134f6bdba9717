"""Whoever reaches the database itself: changes what the application may not."""

import asyncpg

from server.db import connect
from tests import shapes

TRIGGERS = ("audit_entry_stays", "audit_entry_is_kept")


async def tamper(url: str, *statements: str) -> None:
    """Run these as who owns the database, with its own guard out of the way."""
    if connect.is_sqlite(url):
        off = [f'DROP TRIGGER IF EXISTS "{name}"' for name in TRIGGERS]
    else:
        off = ['ALTER TABLE "audit_entry" DISABLE TRIGGER USER']
    for statement in (*off, *statements):
        await change(url, statement)


async def change(url: str, statement: str) -> None:
    """Run this as who owns the database; its guard stands."""
    if connect.is_sqlite(url):
        await shapes.ask(url, statement)
        return
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
