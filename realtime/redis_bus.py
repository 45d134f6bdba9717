"""The bus over Redis pub/sub: one connection to listen and one to speak per process, and a heartbeat of our own.

A stalled Redis neither refuses nor answers, and the client library does not notice; only hearing our own beat tells
that the bus works. Nothing here is awaited by anybody who writes to the database.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from uuid import UUID

import redis.asyncio as redis
import structlog
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from realtime import tasks
from realtime.bus import DEAF, Ears

log = structlog.get_logger()

FACTS, SIGNALS, BEAT = "facts", "signals", "beat"
PULSE = 0.5
"""Seconds between our beats."""
SILENCE = 2.0
"""Seconds without hearing our own beat after which the bus counts as degraded."""
DEAD = 5.0
"""Seconds of silence after which the listening connection is given up and made anew."""
ANSWER = 1.0
"""Seconds that Redis has for any answer."""
LONGEST_PAUSE = 2.0
"""Seconds between attempts to reach a Redis that is away, at most."""
MOST_POKES = 10_000
"""Streams whose positions are kept for a Redis that is away; beyond that the ticks of other processes must do."""
FAREWELL = 0.25

_Away = (RedisError, OSError, TimeoutError)


class RedisBus:
    """See `realtime.bus.Bus`."""

    def __init__(self, url: str) -> None:
        retry = Retry(NoBackoff(), 0)
        self._redis = redis.Redis.from_url(url, socket_timeout=ANSWER, socket_connect_timeout=ANSWER, retry=retry)
        self._name = secrets.token_hex(8).encode()
        self._ears = DEAF
        self._pokes: dict[UUID, int] = {}
        self._signals: deque[bytes] = deque(maxlen=1_000)
        self._beat_is_due = False
        self._wake = asyncio.Event()
        self._said = asyncio.Event()
        self._heard_at = 0.0
        self._is_degraded = True
        self._was_heard = False
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, ears: Ears = DEAF) -> None:
        self._ears = ears
        self._heard_at = self._now()
        work: tuple[Coroutine[object, object, None], ...] = (self._listen(), self._speak(), self._pulse())
        self._tasks = [asyncio.create_task(each) for each in work]

    async def stop(self) -> None:
        self._said.clear()
        if self._pokes:
            self._wake.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(FAREWELL):
                    await self._said.wait()
        await tasks.end(self._tasks)
        with suppress(*_Away):
            async with asyncio.timeout(ANSWER):
                await self._redis.aclose()

    async def poke(self, reached: Mapping[UUID, int]) -> None:
        # Our own seats need no Redis; hearing it again from there is harmless.
        self._ears.poked(reached)
        if len(self._pokes) > MOST_POKES:
            self._pokes.clear()
        self._pokes.update(reached)
        self._wake.set()

    def signal(self, signal: bytes) -> None:
        if self._is_degraded:
            self._ears.signalled(signal)
        else:
            self._signals.append(signal)
            self._wake.set()

    @property
    def is_degraded(self) -> bool:
        return self._is_degraded

    async def _speak(self) -> None:
        pause = 0.0
        while True:
            await self._wake.wait()
            self._wake.clear()
            pokes, self._pokes = self._pokes, {}
            try:
                async with asyncio.timeout(ANSWER):
                    await self._publish(pokes)
                self._said.set()
                pause = 0.0
            except _Away:
                # Kept for the next attempt unless something newer is known by now.
                self._pokes = {**pokes, **self._pokes}
                pause = min(max(pause * 2, 0.1), LONGEST_PAUSE)
                await asyncio.sleep(pause)

    async def _publish(self, pokes: Mapping[UUID, int]) -> None:
        pipe = self._redis.pipeline(transaction=False)
        for stream, position in pokes.items():
            pipe.publish(FACTS, f"{stream}:{position}")
        while self._signals:
            pipe.publish(SIGNALS, self._signals.popleft())
        if self._beat_is_due:
            self._beat_is_due = False
            pipe.publish(BEAT, self._name)
        await pipe.execute()

    async def _pulse(self) -> None:
        while True:
            self._beat_is_due = True
            self._wake.set()
            if self._now() - self._heard_at > SILENCE and not self._is_degraded:
                self._is_degraded = True
                log.warning("bus.degraded")
            await asyncio.sleep(PULSE)

    async def _listen(self) -> None:
        pause = 0.0
        while True:
            ears = self._redis.pubsub(ignore_subscribe_messages=False)
            try:
                async with asyncio.timeout(ANSWER * 2):
                    await ears.subscribe(FACTS, SIGNALS, BEAT)
                pause = 0.0
                await self._hear(ears)
            except _Away as failure:
                log.info("bus.away", error=type(failure).__name__)
            finally:
                with suppress(*_Away):
                    async with asyncio.timeout(ANSWER):
                        await ears.aclose()  # type: ignore[no-untyped-call]
            pause = min(max(pause * 2, 0.1), LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _hear(self, ears: PubSub) -> None:
        since = self._now()
        while True:
            pokes: dict[UUID, int] = {}
            message = await ears.get_message(timeout=1.0)
            while message is not None:
                self._take(message, pokes)
                # What came in one read is taken together, so that each stream is read once for all of it.
                message = await ears.get_message(timeout=0.0)
            if pokes:
                self._ears.poked(pokes)
            if self._now() - max(self._heard_at, since) > DEAD:
                raise TimeoutError

    def _take(self, message: Mapping[str, object], pokes: dict[UUID, int]) -> None:
        channel, data = message["channel"], message["data"]
        if message["type"] == "subscribe" and channel == BEAT.encode():
            # The last of our channels is confirmed: what was poked before this moment was not heard.
            self._returned()
        if message["type"] != "message" or not isinstance(data, bytes):
            return
        if channel == FACTS.encode():
            _note(data, pokes)
        elif channel == SIGNALS.encode():
            self._ears.signalled(data)
        elif data == self._name:
            self._heard_beat()

    def _heard_beat(self) -> None:
        self._heard_at = self._now()
        if self._is_degraded:
            self._is_degraded = False
            self._returned()

    def _returned(self) -> None:
        if self._was_heard:
            log.info("bus.returned")
        self._was_heard = True
        self._ears.returned()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _note(data: bytes, pokes: dict[UUID, int]) -> None:
    stream, _, position = data.decode(errors="replace").partition(":")
    try:
        told = UUID(stream), int(position)
    except ValueError:
        return
    pokes[told[0]] = max(told[1], pokes.get(told[0], 0))
