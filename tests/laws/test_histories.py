"""Snapshot + Facts = later snapshot, for days drawn by chance and cut anywhere; two languages on the same cases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from server import clock
from server.domain import conversations
from server.queries import inbox
from tests.laws import histories, lists, replay
from tests.server.domain import test_urgency
from tests.world import World

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
SEEDS = range(4)


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """Days pass here; afterwards it is as late as it was."""
    yield
    clock.shift(timedelta())


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_day_leads_to_the_same_screen_however_it_was_followed(world: World, seed: int, tmp_path: Path) -> None:
    desk = await histories.at_desk(world, seed)
    filtered = histories.filtered_lists(desk)
    cases: list[dict[str, object]] = []
    for _ in range(3):
        await histories.live(desk, desk.chance.randint(0, 8))
        old, before = await replay.fresh(world.dana), await histories.screen(world, filtered)
        await histories.live(desk, desk.chance.randint(1, 12))
        new, after = await replay.fresh(world.dana), await histories.screen(world, filtered)

        caught = await replay.brought_up(old, world.dana)

        assert (caught.rows, caught.messages, caught.events) == (new.rows, new.messages, new.events)
        assert (caught.notes, caught.at) == (new.notes, new.at)
        assert _read(caught.seen) == _read(new.seen)
        for page in (*after.lists.values(), *after.filtered.values()):
            assert lists.ids(caught, page, str(world.dana.user)) == {row["id"] for row in lists.rows(page)}
        facts = await histories.told(world, before)
        cases.append({"me": str(world.dana.user), "before": before, "after": after, "facts": facts})
    _the_screens_must_agree(cases, tmp_path / "cases.json")


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_number_beside_a_list_is_its_length_at_every_moment_of_a_day(world: World, seed: int) -> None:
    desk = await histories.at_desk(world, seed)
    await test_urgency.write(world)
    await conversations.mark_done(world.ines_thread.id, by=world.dana, why="by_phone")
    assert [row["state"] for row in await _numbered(world)] == ["done"]
    for _ in range(20):
        await histories.live(desk, 5)
        await _numbered(world)


async def _numbered(world: World) -> list[dict[str, object]]:
    """What is left to do, once every number has been compared with its list."""
    shown = (await histories.screen(world)).lists
    rows = {view: lists.rows(page) for view, page in shown.items()}
    lengths = {view: len(held) for view, held in rows.items() if view in inbox.COUNTED}
    for page in shown.values():
        counts = msgspec.convert(page["counts"], dict[str, int])
        assert {view: counts[view] for view in lengths} == lengths
    return rows["tasks"]


def _read(seen: dict[str, int]) -> dict[str, int]:
    """To have read nothing is to have no mark."""
    return {conversation: number for conversation, number in seen.items() if number}


def _the_screens_must_agree(cases: list[dict[str, object]], kept: Path) -> None:
    """The same cases through the code of the staff screens (`web/src/state/histories.replay.ts`)."""
    kept.write_bytes(msgspec.json.encode(cases))
    command = [sys.executable, "-m", "web.node", "npm", "test", "--silent"]
    given = {**os.environ, "HISTORIES": f"{kept}"}
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()[-4000:]
