"""A web process dies at any moment while people write: what was acknowledged is there once, and every page hears it."""

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests import running
from tests.laws import honest
from tests.laws.crowd import Crowd
from tests.running import House

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ROUNDS = 10


async def a_round(house: House, crowd: Crowd, nth: int, chance: random.Random) -> None:
    """Kill a web process while everybody writes; five seconds after its return all is as it should be."""
    victim = chance.choice(house.webs)
    writing = asyncio.create_task(crowd.write(nth, chance))
    await asyncio.sleep(chance.random() * 0.3)
    await victim.kill()
    victim.start()
    await house.ready(victim)
    await writing
    await honest.all_equal_fresh_ones(crowd.pages)


class TestAWebProcessThatIsKilled:
    @pytest.mark.parametrize(("kind", "webs"), [("sqlite", 1), ("postgres", 2)])
    async def test_loses_doubles_and_hides_nothing(
        self, kind: str, webs: int, request: pytest.FixtureRequest, redis_url: str, tmp_path: Path
    ) -> None:
        chance = random.Random(webs)
        database_url = str(request.getfixturevalue(f"{kind}_url"))

        async with running.house(database_url, redis_url, tmp_path, webs=webs) as house, AsyncExitStack() as stack:
            crowd = Crowd(house)
            await crowd.arrive(stack)
            for nth in range(ROUNDS):
                await a_round(house, crowd, nth, chance)
            snapshot = crowd.val.fresh()
            await snapshot.load()

        messages = list(snapshot.screen.messages.values())
        assert len(messages) == 1 + ROUNDS * 6 + ROUNDS // 2
        assert sum(page.visits for page in crowd.pages) > len(crowd.pages), "nobody's socket was ever cut"
        honest.must_be_whole(messages, [page.book for page in crowd.pages])
