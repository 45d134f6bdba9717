"""On PostgreSQL the application's own role adds to the audit and the ledgers, and can do nothing else to them."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import asyncpg
import pytest

from server.migrate import grants, run
from tests import databases, shapes

ENTRY = """INSERT INTO audit_entry (id, at, did, actor_kind, outcome, data)
    VALUES (gen_random_uuid(), now(), '', '', '', '{}')"""


@pytest.fixture
def app_role(postgres_server: str) -> Iterator[str]:
    """A role with no rights yet, whose name needs quoting."""
    role = f"App-{uuid4().hex}"
    databases.apart(databases.execute(postgres_server, f'CREATE ROLE "{role}"'))
    yield role
    databases.apart(databases.execute(postgres_server, f'DROP ROLE "{role}"'))


@pytest.fixture
async def app(app_role: str, postgres_url: str) -> AsyncIterator[asyncpg.Connection]:
    """The application's connection to a migrated database in which it was given its rights."""
    await run.migrate(postgres_url, app_role=app_role)
    connection = await asyncpg.connect(postgres_url)
    await connection.execute(f'SET ROLE "{app_role}"')
    yield connection
    await connection.execute(f'RESET ROLE; DROP OWNED BY "{app_role}"')
    await connection.close()


class TestTheAppRole:
    async def test_adds_to_the_audit_reads_it_and_seals_it(self, app: asyncpg.Connection) -> None:
        await app.execute(ENTRY)
        await app.execute("UPDATE audit_entry SET seal = 'x', seal_number = 1")

        assert await app.fetchval("SELECT count(*) FROM audit_entry WHERE seal_number = 1") == 1

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_entry SET did = 'nothing'",
            "DELETE FROM audit_entry",
            "UPDATE consent SET gives = true",
            "DELETE FROM consent",
            "UPDATE opt_out SET stops = false",
            "DELETE FROM opt_out",
            "UPDATE decision SET outcome = 'go'",
            "DELETE FROM decision",
            "TRUNCATE audit_entry",
            "DROP TABLE audit_entry",
            "ALTER TABLE audit_entry ADD COLUMN more int",
            "DELETE FROM tortoise_migrations",
            "CREATE TABLE mine (id int)",
        ],
    )
    async def test_may_not(self, app: asyncpg.Connection, statement: str) -> None:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute(statement)

    async def test_uses_every_other_table(self, app: asyncpg.Connection) -> None:
        names = [str(name) for (name,) in await app.fetch(shapes.TABLES)]
        others = [name for name in names if name not in {*grants.APPEND_ONLY, "tortoise_migrations"}]

        for name in others:
            await app.execute(f'DELETE FROM "{name}"')

        assert "message" in others

    async def test_keeps_its_limits_when_migrated_again(
        self, app: asyncpg.Connection, app_role: str, postgres_url: str
    ) -> None:
        await run.migrate(postgres_url, app_role=app_role)

        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute("UPDATE audit_entry SET did = 'nothing'")
