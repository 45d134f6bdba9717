"""One role migrates, another one works: the house runs as the second and cannot change what it once wrote (B87)."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from server import audit, boot, models, upkeep
from server.audit import Did
from server.checks import stores
from server.domain import messages, sealing
from server.models import Via
from server.queries import sealed
from server.queries.sealed import Reading
from server.settings import Settings
from tests import databases
from tests import world as cast
from tests.web.conftest import settings_for

pytestmark = pytest.mark.anyio


@pytest.fixture
def app_url(postgres_server: str, postgres_url: str) -> Iterator[str]:
    """The same database as a role of the application's own, which may sign in."""
    role = f"app_{uuid4().hex}"
    databases.apart(databases.execute(postgres_server, f"CREATE ROLE {role} LOGIN PASSWORD 'app'"))
    parts = urlsplit(postgres_url)
    place = parts.netloc.rpartition("@")[2]
    yield parts._replace(netloc=f"{role}:app@{place}").geturl()
    databases.apart(databases.execute(postgres_url, f"DROP OWNED BY {role}"))
    databases.apart(databases.execute(postgres_server, f"DROP ROLE {role}"))


@pytest.fixture
def settings(app_url: str, postgres_url: str) -> Settings:
    return replace(settings_for(app_url), migration_database_url=postgres_url)


async def test_the_house_works_as_a_role_that_only_adds_to_the_audit(
    settings: Settings, app_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await upkeep.migrate(lambda: settings, to=None, check=False, make=None) == 0
    floor = boot.Floor(settings)
    await floor.start()
    try:
        world = await cast._make()
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Hello", by=world.dana)
        await audit.enter(Did.SIGN_OUT, organization=world.mercy.organization.id)
        while await sealing.seal():
            pass
        await sealing.seal()
        reading = Reading(world.mercy.organization.id)
        assert [each async for each in sealed.faults(reading)] == []
        assert reading.sealed == await models.AuditEntry.filter(organization_id=reading.chain).count() > 5
        assert [each.verdict for each in await stores._audit(settings)] == ["ok"]
    finally:
        await floor.stop()
    await _cannot_be_undone(app_url)


async def _cannot_be_undone(app_url: str) -> None:
    app = await asyncpg.connect(app_url)
    try:
        for statement in (
            "UPDATE audit_entry SET did = 'nothing'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
            "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_entry_stays ON audit_entry",
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE sql AS $$ SELECT NULL $$",
        ):
            with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidFunctionDefinitionError)):
                await app.execute(statement)
        with pytest.raises(asyncpg.RestrictViolationError):
            await app.execute("UPDATE audit_entry SET seal_number = 1, seal = 'x'")
    finally:
        await app.close()


async def test_who_owns_the_audit_is_told_so_by_the_check(postgres_url: str) -> None:
    settings = settings_for(postgres_url)
    async with databases.opened(postgres_url):
        [found] = await stores._audit(settings)

    assert found.verdict == "cannot tell"
    assert "BLOOMTEXT_MIGRATION_DATABASE_URL" in found.sentence
