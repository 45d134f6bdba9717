"""A beginning that is written down again is the one that the verbs made, and as fresh."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tortoise import Tortoise

from server import access, audit, clock, models
from tests import again, tampering, world

pytestmark = pytest.mark.anyio


async def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the models read them."""
    tables = (Tortoise.apps or {})["models"]
    return {name: await model.all().values() for name, model in tables.items()}


def told(held: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The same without the names of sessions, with times as seconds from the first."""
    start = min(row["created_at"] for row in held["Organization"])
    sessions = {row["id"]: f"the session of {row['user_id']}" for row in held["StaffSession"]}

    def plain(value: object) -> object:
        if isinstance(value, datetime):
            return round((value - start).total_seconds(), 3)
        return sessions.get(value, value)

    return sorted(f"{name}: { {key: plain(each) for key, each in row.items()} }" for name in held for row in held[name])


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "_kept", {})


async def empty(database: str) -> None:
    """Take every row away, also those that the database itself keeps."""
    await tampering.tamper(database)
    for model in reversed(again._parents_first()):
        await model.all().delete()


@pytest.mark.usefixtures("nothing_kept")
class TestAgain:
    async def test_writes_the_rows_that_the_verbs_wrote(self, database: str) -> None:
        made = await world.make()
        first, acting = await rows(), audit.acting.get()
        await empty(database)
        assert not any((await rows()).values())

        again_made = await world.make()

        second = await rows()
        assert told(first) == told(second)
        assert (made.ines.id, made.dana.user, made.mercy.teams.keys()) == (
            again_made.ines.id,
            again_made.dana.user,
            again_made.mercy.teams.keys(),
        )
        assert made.dana.session != again_made.dana.session
        assert audit.acting.get().id == acting.id
        assert audit.acting.get().session == again_made.alex.session

    async def test_is_as_fresh_as_the_first(self, database: str) -> None:
        await world.make()
        await empty(database)
        clock.shift(timedelta(hours=9))
        try:
            before = clock.now()
            made = await world.make()

            seen = await models.StaffSession.get(id=made.dana.session)
            assert timedelta() <= clock.now() - seen.seen_at < access.STAFF_IDLE / 2
            assert before - timedelta(minutes=1) < made.ines_thread.created_at <= clock.now()
            assert made.dana.ends_at == seen.ends_at
        finally:
            clock.shift(timedelta())

    async def test_gives_everybody_their_own(self, database: str) -> None:
        made = await world.make()
        made.ines.language = "es"
        made.mercy.teams.clear()
        await empty(database)

        other = await world.make()

        assert other.ines.language == "en"
        assert set(other.mercy.teams) == {"Front desk", "Billing"}
        other.omar.language = "ar"
        await other.omar.save(update_fields=["language"])
        assert (await models.Patient.get(id=other.omar.id)).language == "ar"
