"""The bus: both twins under one contract, and what only Redis can do to us."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
import redis.asyncio as redis

from realtime.bus import Bus, Ears, MemoryBus
from realtime.redis_bus import RedisBus
from tests.redis_server import RedisServer

pytestmark = pytest.mark.anyio


@dataclass
class Listener:
    """What a process has heard, and a way to wait for it."""

    pokes: list[dict[UUID, int]] = field(default_factory=list)
    signals: list[bytes] = field(default_factory=list)
    returns: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def ears(self) -> Ears:
        return Ears(self._poked, self._signalled, self._returned)

    def position(self, stream: UUID) -> int:
        return max((reached.get(stream, 0) for reached in self.pokes), default=0)

    async def until(self, true: Callable[[], bool], seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while not true():
                self.news.clear()
                await self.news.wait()

    def _poked(self, reached: Mapping[UUID, int]) -> None:
        self.pokes.append(dict(reached))
        self.news.set()

    def _signalled(self, told: bytes) -> None:
        self.signals.append(told)
        self.news.set()

    def _returned(self) -> None:
        self.returns += 1
        self.news.set()


@dataclass
class Pair:
    """Two processes on one bus."""

    here: Bus
    there: Bus
    near: Listener
    far: Listener


@pytest.fixture(params=["memory", "redis"])
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    if request.param == "memory":
        street: list[MemoryBus] = []
        made: tuple[Bus, Bus] = MemoryBus(street), MemoryBus(street)
    else:
        url = request.getfixturevalue("redis_url")
        made = RedisBus(url), RedisBus(url)
    pair = Pair(*made, Listener(), Listener())
    await pair.here.start(pair.near.ears())
    await pair.there.start(pair.far.ears())
    if request.param == "redis":
        await both_are_heard(pair)
    yield pair
    await pair.here.stop()
    await pair.there.stop()


async def both_are_heard(pair: Pair) -> None:
    """A Redis bus is degraded until it hears itself; it says so by `returned`."""
    await pair.near.until(lambda: not pair.here.is_degraded)
    await pair.far.until(lambda: not pair.there.is_degraded)


class TestBus:
    async def test_everybody_hears_a_poke_their_own_included(self, pair: Pair) -> None:
        stream = uuid4()

        await pair.here.poke({stream: 7})

        await pair.near.until(lambda: pair.near.position(stream) == 7)
        await pair.far.until(lambda: pair.far.position(stream) == 7)

    async def test_many_pokes_arrive_as_the_newest_position(self, pair: Pair) -> None:
        stream = uuid4()

        for position in range(1, 2_001):
            await pair.here.poke({stream: position})

        await pair.far.until(lambda: pair.far.position(stream) == 2_000)

    async def test_a_signal_is_heard_as_it_was_sent(self, pair: Pair) -> None:
        pair.here.signal(b'["typing"]')

        await pair.far.until(lambda: b'["typing"]' in pair.far.signals)

    async def test_who_stopped_hears_nothing_more(self, pair: Pair) -> None:
        await pair.there.stop()
        stream = uuid4()

        await pair.here.poke({stream: 1})
        await pair.near.until(lambda: pair.near.position(stream) == 1)

        assert pair.far.position(stream) == 0

    async def test_what_was_poked_just_before_stopping_is_said(self, pair: Pair) -> None:
        stream = uuid4()

        await pair.here.poke({stream: 3})
        await pair.here.stop()

        await pair.far.until(lambda: pair.far.position(stream) == 3)


class TestRedisBus:
    async def test_only_ids_and_positions_are_published(self, redis_url: str) -> None:
        client = redis.Redis.from_url(redis_url)
        watching = client.pubsub()
        await watching.subscribe("facts")
        bus, stream = RedisBus(redis_url), uuid4()
        await bus.start()

        await bus.poke({stream: 12})
        heard = await _next(watching)

        assert heard == f"{stream}:12".encode()
        await bus.stop()
        await watching.aclose()  # type: ignore[no-untyped-call]
        await client.aclose()

    async def test_nonsense_on_the_channel_harms_nobody(self, redis_url: str) -> None:
        bus, listener, stream = RedisBus(redis_url), Listener(), uuid4()
        await bus.start(listener.ears())
        await listener.until(lambda: not bus.is_degraded)
        client = redis.Redis.from_url(redis_url)

        for nonsense in (b"\xff\xfe", b"12", b"x:1", f"{stream}:many".encode(), f"{stream}:5".encode()):
            await client.publish("facts", nonsense)

        await listener.until(lambda: listener.position(stream) == 5)
        await client.aclose()
        await bus.stop()

    async def test_without_redis_our_own_seats_still_hear_and_nobody_waits(self) -> None:
        bus, listener, stream = RedisBus("redis://127.0.0.1:1/0"), Listener(), uuid4()
        await bus.start(listener.ears())

        started = time.monotonic()
        await bus.poke({stream: 1})
        bus.signal(b"typing")

        assert time.monotonic() - started < 0.25
        assert listener.position(stream) == 1
        assert listener.signals == [b"typing"]
        assert bus.is_degraded
        await bus.stop()

    async def test_a_restarted_redis_is_found_again_and_its_return_is_told(self, redis_server: RedisServer) -> None:
        here, there, listener, stream = RedisBus(redis_server.url), RedisBus(redis_server.url), Listener(), uuid4()
        await here.start()
        await there.start(listener.ears())
        await listener.until(lambda: not there.is_degraded)
        returns = listener.returns

        redis_server.stop()
        await here.poke({stream: 1})
        redis_server.start()

        await listener.until(lambda: listener.returns > returns)
        # What was told before somebody listened again may be lost, so whoever hears of a return asks anew.
        await here.poke({stream: 2})
        await listener.until(lambda: listener.position(stream) == 2)
        await here.stop()
        await there.stop()

    async def test_a_stalled_redis_blocks_nobody_and_is_noticed(self, redis_server: RedisServer) -> None:
        bus, listener, stream = RedisBus(redis_server.url), Listener(), uuid4()
        await bus.start(listener.ears())
        await listener.until(lambda: not bus.is_degraded)
        process = await _process(redis_server.url)
        returns = listener.returns

        os.kill(process, signal.SIGSTOP)
        try:
            slowest = await _poke_until_degraded(bus, stream)
        finally:
            os.kill(process, signal.SIGCONT)

        assert slowest < 0.25
        await listener.until(lambda: listener.returns > returns)
        await listener.until(lambda: not bus.is_degraded)
        await bus.stop()


async def _poke_until_degraded(bus: RedisBus, stream: UUID) -> float:
    """How long the slowest poke took."""
    slowest = 0.0
    async with asyncio.timeout(10):
        for position in range(1, 1_000_000):
            started = time.monotonic()
            await bus.poke({stream: position})
            slowest = max(slowest, time.monotonic() - started)
            if bus.is_degraded:
                break
            await asyncio.sleep(0.01)
    return slowest


async def _process(url: str) -> int:
    async with redis.Redis.from_url(url) as client:
        return int((await client.info("server"))["process_id"])


async def _next(watching: redis.client.PubSub) -> object:
    async with asyncio.timeout(10):
        while True:
            message = await watching.get_message(ignore_subscribe_messages=True, timeout=1.0)
            if message:
                return message["data"]
