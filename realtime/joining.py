"""How a seat comes to a stream: caught up from its cursor first, live afterwards, nothing missed and nothing twice."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from realtime import reading, wire
from realtime.closing import Close
from realtime.heads import Heads
from realtime.seat import Parcel, Seat
from realtime.shapes import HelloStream
from realtime.table import Stream
from server import clock

if TYPE_CHECKING:
    from realtime.hub import Hub

ROUNDS = 3
"""So often a seat is caught up without the stream's lock, before the last steps are taken under it."""
NEAR = 200
"""A seat further behind than this many Facts does not take the lock, however long it is chased."""
LOW_WATER = 65_536
"""Bytes that may wait for a socket before it is given the next chunk of catch-up."""
PATIENCE = 10.0
"""Seconds that a socket has to take one chunk."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    parcel: Parcel
    at: int
    whole: bool


_Key = tuple[UUID, reading.Audience, int, int]


class Joins:
    """Takes seats to their streams. Many who ask for the same chunk at once share one read and one encoding."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._heads = Heads(hub.sources)
        self._reads: dict[_Key, asyncio.Task[_Chunk]] = {}

    async def join(self, seat: Seat, cursors: Sequence[HelloStream]) -> None:
        """See `Hub.join`."""
        asked: dict[UUID, HelloStream | None] = {cursor.id: cursor for cursor in cursors}
        asked = asked or dict.fromkeys(sorted(seat.streams))
        mine = [each for each in asked if seat.may(each, clock.now())]
        heads = await self._heads.of(mine)
        for stream_id, cursor in asked.items():
            await self._enter(seat, stream_id, cursor, heads.get(stream_id))
        streams = self._hub.table.streams
        live = {each: streams[each].position for each in asked if each in seat.follows and each in streams}
        if not seat.say(wire.live_frame(live)):
            self._hub.table.leave(seat)

    async def _enter(
        self, seat: Seat, stream_id: UUID, cursor: HelloStream | None, head: tuple[str, int] | None
    ) -> None:
        if not seat.may(stream_id, clock.now()):
            # Not theirs and not there look the same.
            return self._hub.table.send_afresh([seat], stream_id, "unknown")
        stream = self._hub.table.stream(stream_id)
        stream.comers += 1
        try:
            self._hub.table.unseat(seat, stream_id)
            await self._hub.reach(stream, head)
            await self._take_place(stream, seat, cursor)
        finally:
            stream.comers -= 1
            self._hub.table.forget(stream)

    async def _take_place(self, stream: Stream, seat: Seat, cursor: HelloStream | None) -> None:
        if self._told_afresh(stream, seat, cursor):
            return
        after = await self._approach(stream, seat, cursor.after) if cursor else 0
        async with stream.lock:
            # Under the lock nobody moves the position, so what was handed over and what is delivered next fit together.
            if after is None or self._told_afresh(stream, seat, cursor):
                return
            while cursor and after is not None and after < stream.position:
                after = await self._hand_over(stream, seat, after)
            if after is not None and seat.may(stream.id, clock.now()):
                stream.add(seat)

    def _told_afresh(self, stream: Stream, seat: Seat, cursor: HelloStream | None) -> bool:
        if stream.epoch is None:
            self._hub.table.send_afresh([seat], stream.id, "unknown")
            return True
        why = wire.why_afresh((stream.epoch, stream.position), cursor.epoch, cursor.after) if cursor else None
        if why:
            self._hub.table.send_afresh([seat], stream.id, why)
        return why is not None

    async def _approach(self, stream: Stream, seat: Seat, after: int) -> int | None:
        rounds = 0
        while after < stream.position and (rounds < ROUNDS or stream.position - after > NEAR):
            if not await self._drained(seat):
                return None
            reached = await self._hand_over(stream, seat, after)
            if reached is None:
                return None
            after, rounds = reached, rounds + 1
        return after

    async def _hand_over(self, stream: Stream, seat: Seat, after: int) -> int | None:
        """Give one chunk; how far it went, or None where the seat cannot go on."""
        chunk = await self._shared(stream.id, seat.audience, after, min(stream.position, after + wire.CHUNK))
        if not chunk.whole:
            self._hub.table.send_afresh([seat], stream.id, "too_far")
            return None
        if not seat.may(stream.id, clock.now()):
            return None
        if not seat.write(chunk.parcel):
            self._hub.table.leave(seat)
            return None
        return chunk.at

    async def _shared(self, *key: *_Key) -> _Chunk:
        task = self._reads.get(key)
        if task is None:
            task = self._reads[key] = asyncio.get_running_loop().create_task(self._read(*key), context=Context())
            task.add_done_callback(lambda done: self._forget_read(key, done))
        return await asyncio.shield(task)

    def _forget_read(self, key: _Key, done: asyncio.Task[_Chunk]) -> None:
        self._reads.pop(key, None)
        if not done.cancelled():
            done.exception()

    async def _read(self, stream: UUID, audience: reading.Audience, after: int, upto: int) -> _Chunk:
        said = await wire.portion(self._hub.sources, stream, audience, after, upto)
        return _Chunk(Parcel((wire.facts_frame(stream, said.at, said.items),)), said.at, said.whole)

    async def _drained(self, seat: Seat) -> bool:
        """Wait until the socket took what it was given, so that catching up is not mistaken for being slow."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while not seat.ended and seat.outlet.waiting > LOW_WATER:
            if loop.time() > deadline:
                self._hub.table.end(seat, Close.SLOW)
            await asyncio.sleep(0.01)
        return not seat.ended
