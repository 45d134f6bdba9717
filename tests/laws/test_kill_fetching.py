"""A worker dies at any moment while it fetches pictures: each is here in the end, whole and once."""

import asyncio
import io
import random
from pathlib import Path

import pytest
from PIL import Image

from server import clock, models
from server import files as storage
from server.models import FileState
from server.simulator.inbound import Written
from server.simulator.media import Media
from tests import databases, pictures, running
from tests.running import House

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ROUNDS, A_ROUND = 6, 4
INES, FRONT = "13125550142", "13125550100"


def send(house: House, nth: int) -> None:
    """A picture of its own width is sent from the phone of Ines."""
    content = pictures.picture("PNG", (100 + nth, 80))
    house.simulator.carrier.write_media(Written(INES, FRONT, f"Picture {nth}"), "image", Media(content, "image/png"))


async def a_round(house: House, nth: int, chance: random.Random) -> None:
    """Kill the worker somewhere among the pictures of a round."""
    assert house.worker
    for each in range(A_ROUND):
        send(house, nth * A_ROUND + each)
    await asyncio.sleep(chance.random())
    await house.worker.kill()
    async with databases.opened(house.database_url):
        # What the dead one held would be free after two minutes.
        await models.Work.filter(done_at=None).update(lease_until=clock.now())
    house.worker.start()


async def all_kept() -> list[models.File]:
    for _ in range(int(running.PATIENCE * 5)):
        if await models.File.filter(state=FileState.KEPT).count() == ROUNDS * A_ROUND:
            break
        await asyncio.sleep(0.2)
    return await models.File.all().select_related("message")


class TestAWorkerThatIsKilled:
    async def test_loses_and_doubles_no_picture(self, database_url: str, redis_url: str, tmp_path: Path) -> None:
        chance = random.Random(7)
        async with running.house(database_url, redis_url, tmp_path) as house:
            for nth in range(ROUNDS):
                await a_round(house, nth, chance)
            async with databases.opened(database_url):
                found = await all_kept()
                storage.use_folder(tmp_path / "files")
                contents = [await storage.read(file.organization_id, file.id) for file in found]
                assert await models.Work.filter(done_at=None).count() == 0

        widths = [Image.open(io.BytesIO(content)).size[0] for content in contents]
        assert sorted(widths) == [100 + nth for nth in range(ROUNDS * A_ROUND)]
        assert len({file.message_id for file in found}) == ROUNDS * A_ROUND
