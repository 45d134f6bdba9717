"""The lists of a team are found by indexes, however much it has done: SQLite's plans, which no statistics change."""

import pytest

from server import keys
from server.db import sql
from server.queries import board, inbox, shift
from tests import world as cast
from tests.databases import opened

pytestmark = pytest.mark.anyio
WHOLE_TEAM = "(team_id=?)"
"""Of an index nothing more: all that a team ever had is read."""


async def _plans(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """How SQLite finds the conversations of each statement that screens of lists ask."""
    world, true = await cast.make(), sql.fetch
    plans: dict[str, list[str]] = {}

    async def fetch(statement: str, values: list[object]) -> list[dict[str, object]]:
        steps = [str(each["detail"]) for each in await true(f"EXPLAIN QUERY PLAN {statement}", values)]
        plans[statement] = [each for each in steps if each.split()[:2] in (["SEARCH", "c"], ["SCAN", "c"])]
        return await true(statement, values)

    monkeypatch.setattr(sql, "fetch", fetch)
    for view in inbox.WHICH:
        await inbox.page(world.dana, world.mercy.teams["Front desk"].id, view, None)
    await inbox.waiting(await keys.of(world.mercy.organization.id), world.dana)
    await shift.of(world.dana)
    await board.of(world.val)
    return plans


async def test_no_list_reads_all_that_a_team_ever_had(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(sqlite_url):
        plans = await _plans(monkeypatch)

    found = [step for steps in plans.values() for step in steps]
    assert len(found) > len(inbox.WHICH)
    # What was held together once is read again as it is.
    assert [step for step in found if WHOLE_TEAM in step or (step.startswith("SCAN") and step != "SCAN c")] == []
