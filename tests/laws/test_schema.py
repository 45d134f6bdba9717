"""The models and the migrations say the same, and no migration loses a row."""

import pytest
from tortoise import Tortoise

from server.db import connect
from server.migrate import make, run
from tests import databases, rows, shapes


class TestMigrations:
    def test_say_all_that_the_models_say(self) -> None:
        unwritten = databases.apart(make.changes())

        assert [writer.as_string() for writer in unwritten] == []

    async def test_make_the_tables_that_the_models_would_make(
        self, empty_url: str, request: pytest.FixtureRequest
    ) -> None:
        migrated = request.getfixturevalue("sqlite_url" if connect.is_sqlite(empty_url) else "postgres_url")

        async with databases.opened(empty_url):
            await Tortoise.generate_schemas()

        assert await shapes.shape_of(migrated) == await shapes.shape_of(empty_url)

    async def test_keep_every_row_and_index_from_head_to_the_first_and_back(self, database_url: str) -> None:
        async with databases.opened(database_url):
            tables = await rows.in_every_table()
        held, names = await shapes.counts(database_url), await shapes.index_names(database_url)

        await run.migrate(database_url, target="0001")
        first = await shapes.counts(database_url)
        await run.migrate(database_url)

        assert held == dict.fromkeys(tables, 2)
        # What a later release added goes with it; whatever the first one had is there throughout.
        assert first == dict.fromkeys(first, 2)
        assert await shapes.counts(database_url) == {table: 2 if table in first else 0 for table in held}
        assert await shapes.index_names(database_url) == names
