"""What is put into SQL by hand means the same on both databases."""

import pytest

from server import models
from server.db import snapshot, sql, transaction
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_a_column_is_any_of_some_texts(world: World) -> None:
    for names in ([], ["Mercy Clinic", "O'Brien", '"', "?"], [each.name for each in await models.Organization.all()]):
        text, value = sql.among(names)
        rows = await sql.fetch(f'SELECT "name" FROM "organization" WHERE "name" {text}', [value])

        expected = await models.Organization.filter(name__in=names).values_list("name", flat=True) if names else []
        assert sorted(str(row["name"]) for row in rows) == sorted(map(str, expected))


async def test_looking_in_the_indexes_ends_with_the_transaction(world: World, database: str) -> None:
    if database.startswith("sqlite"):
        async with snapshot():
            await sql.by_index()
        return
    for opened in (snapshot, transaction):
        async with opened():
            await sql.by_index()
            assert [row["on"] for row in await sql.fetch("SELECT current_setting('enable_seqscan') AS on", [])] == [
                "off"
            ]
        [row] = await sql.fetch("SELECT current_setting('enable_seqscan') AS on", [])
        assert row["on"] == "on"


async def test_a_table_is_joined_for_each_of_some_pairs(world: World) -> None:
    front = world.mercy.teams["Front desk"]
    clinic = str(front.organization_id)
    text, values = sql.pairs(
        "clinic", "team", [(clinic, front.name), (clinic, "O'Brien"), ("?", front.name), ("", '"')]
    )
    same = 'team."name" = pair.team AND CAST(team."organization_id" AS TEXT) = pair.clinic'

    rows = await sql.fetch(f"SELECT team.id AS id FROM {text} pair {sql.each('team', 'team', same)}", values)

    assert [sql.as_id(row["id"]) for row in rows] == [front.id]
