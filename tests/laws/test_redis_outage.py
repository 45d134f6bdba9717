"""Redis is a doorbell: while it is away or stalled everybody goes on writing, and when it is back nobody missed a word.

Pages have their sockets at one web process and write at the other, so that without the bus nothing reaches them at
once.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import redis.asyncio as redis

from tests import running
from tests.laws import honest
from tests.laws.crowd import Crowd
from tests.redis_server import RedisServer

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
SECONDS, WORST_GAP = 3.0, 10.0
SLOWEST = 2.5
"""Seconds. A stalled Redis holds its own client for five; on a busy machine our posts take a tenth of one."""
Trouble = Callable[[RedisServer], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def stopped(server: RedisServer) -> AsyncIterator[None]:
    """Redis is gone; what returns is empty."""
    server.stop()
    yield
    await asyncio.to_thread(server.start)


@asynccontextmanager
async def stalled(server: RedisServer) -> AsyncIterator[None]:
    """Redis neither answers nor refuses."""
    async with redis.Redis.from_url(server.url) as client:
        process = int((await client.info("server"))["process_id"])
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


async def write_without_a_pause(crowd: Crowd, *, seconds: float) -> list[float]:
    """Dana and Sam write for so long; how long each post took. Each is answered at the first try."""
    took: list[float] = []
    end = time.monotonic() + seconds

    async def writing(nth: int) -> None:
        desk, world = (crowd.dana, crowd.sam)[nth], crowd.house.world
        while (began := time.monotonic()) < end:
            thread = random.choice((world.ines_thread.id, world.omar_thread.id))
            body = {"key": f"{nth}-{began}", "via": "secure_sms", "body": "Without the doorbell"}
            answer = await desk.act("POST", f"/conversations/{thread}/messages", body)
            assert answer.status_code == 201, answer.text
            took.append(time.monotonic() - began)
            await asyncio.sleep(0.2)

    await asyncio.gather(writing(0), writing(1), crowd.ines.reply("From the portal too"))
    return took


class TestRedis:
    @pytest.mark.parametrize("kind", ["sqlite", "postgres"])
    async def test_that_is_away_or_stalled_stops_nobody_and_hides_nothing(
        self, kind: str, request: pytest.FixtureRequest, redis_server: RedisServer, tmp_path: Path
    ) -> None:
        url = str(request.getfixturevalue(f"{kind}_url"))
        troubles: tuple[Trouble, ...] = (stopped, stalled)

        async with running.house(url, redis_server.url, tmp_path, webs=2) as house, AsyncExitStack() as stack:
            crowd = Crowd(house, door=0, posts_at=1)
            await crowd.arrive(stack)
            for trouble in troubles:
                async with trouble(redis_server):
                    took = await write_without_a_pause(crowd, seconds=SECONDS)
                    await honest.all_equal_fresh_ones(crowd.pages, within=WORST_GAP)
                    took += await write_without_a_pause(crowd, seconds=0.5)
                await honest.all_equal_fresh_ones(crowd.pages)

                assert len(took) >= SECONDS
                assert max(took) < SLOWEST
            stayed = [(page.visits, page.codes) for page in crowd.pages]
            repeats = [page.book.repeats for page in crowd.pages]

        assert repeats == [0] * len(crowd.pages), "every post is answered at the first try"
        assert stayed == [(1, [])] * len(crowd.pages), "sockets stay open without Redis"
