"""One process's half of the promise that live is catch-up, sooner: pokes in, Facts read once, frames out.

A poke only says how far a stream has come. What was missed is found by the next poke, by `tick`, or by a client's
hello; so pokes may be lost, late and out of order, and Facts are not.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextvars import Context
from datetime import datetime
from uuid import UUID

import structlog

from realtime import joining, reading, rights, tasks, wire
from realtime.closing import Close
from realtime.seat import Parcel, Seat
from realtime.shapes import HelloStream
from realtime.sources import Sources
from realtime.table import Stream, Table
from server import clock, facts
from server.queries.facts import FactRow

log = structlog.get_logger()

ANSWER = 4.0
"""Seconds that the database has for a tick; beats go out without it, so that clients know that we are there."""
READ = 10.0
"""Seconds that one read of a stream may hold its lock: a database that hangs must not hold it for ever."""
TURN = 200
"""Beats are written to so many sockets before others get their turn."""


def _forget_nothing(conversation: UUID) -> None:
    """Nobody remembers anything of conversations."""


class Hub:
    """Turns pokes into Facts, read once per stream and encoded once per audience, for every seat of this process."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.table = Table()
        self.rights = rights.Rights(sources, self.table)
        self._joins = joining.Joins(self)
        self._tasks: set[asyncio.Task[None]] = set()
        self.forget: Callable[[UUID], None] = _forget_nothing
        """Told of each conversation that others may open than before, before that is shown to anybody."""

    async def join(self, seat: Seat, cursors: Sequence[HelloStream]) -> None:
        """Catch a seat up from its cursors, without any from now on, and follow those streams; ends with `live`."""
        await self._joins.join(seat, cursors)

    def leave(self, seat: Seat) -> None:
        """The socket is gone."""
        self.table.leave(seat)

    def poked(self, reached: Mapping[UUID, int]) -> None:
        """Streams have come this far; read what is new of those that somebody here follows."""
        for stream_id, position in reached.items():
            stream = self.table.streams.get(stream_id)
            if stream and position > max(stream.position, stream.wanted):
                stream.wanted = position
                if not stream.is_reading:
                    stream.is_reading = True
                    self.spawn(self._read(stream))

    async def tick(self) -> None:
        """Find what pokes missed, then tell every seat how far its streams are."""
        await self.look()
        await self._beat()

    async def look(self) -> None:
        """Find what pokes missed with one query for all streams; reads what is new beside everything else."""
        try:
            async with asyncio.timeout(ANSWER):
                await self._find_missed()
        except Exception as failure:
            log.warning("hub.look_failed", error=type(failure).__name__)

    async def check_rights(self) -> None:
        """Close what has lost its right since the last look."""
        await self.rights.check(self.table.seats)

    def end_all(self, code: Close) -> None:
        """Close every socket, such as when the process goes."""
        for seat in tuple(self.table.seats):
            self.table.end(seat, code)

    async def settled(self) -> None:
        """Wait until nothing is being read."""
        while unfinished := tuple(self._tasks):
            await asyncio.wait(unfinished)

    async def stop(self) -> None:
        """End what is still being read."""
        await tasks.end(self._tasks)

    async def reach(self, stream: Stream, head: tuple[str, int] | None) -> None:
        """Come at least as far as this head, which the caller has just read; mostly we are there already."""
        if stream.epoch is None and head:
            # Nobody sits here yet, so the position may be taken as it is.
            stream.epoch, stream.position = head
        elif head is None or head[1] > stream.position:
            await self.bring_up(stream)

    async def bring_up(self, stream: Stream) -> None:
        """Wait for a read of this stream that began after this call; many who ask at once share one."""
        asked = stream.begun
        async with stream.lock:
            if stream.done > asked:
                return
            stream.begun += 1
            async with asyncio.timeout(READ):
                await self._advance(stream)
            stream.done = stream.begun

    async def _read(self, stream: Stream) -> None:
        try:
            while stream.wanted > stream.position:
                before = stream.position, stream.wanted
                await self.bring_up(stream)
                # A poke beyond what the database has must neither spin here nor silence the next honest one.
                if before == (stream.position, stream.wanted):
                    break
        except Exception as failure:
            log.warning("hub.read_failed", error=type(failure).__name__)
        finally:
            stream.wanted = stream.position
            stream.is_reading = False
            self.table.forget(stream)

    async def _advance(self, stream: Stream) -> None:
        if stream.epoch is None:
            head = (await self.sources.heads([stream.id])).get(stream.id)
            # A joiner may have learned it meanwhile and sit there by now; then positions only move with deliveries.
            if head and stream.epoch is None:
                stream.epoch, stream.position = head
            return
        while rows := await self.sources.between(stream.id, stream.position, None, wire.CHUNK):
            await self._deliver(stream, rows)
            if len(rows) < wire.CHUNK:
                break

    async def _deliver(self, stream: Stream, rows: Sequence[FactRow]) -> None:
        if rows[0].position != stream.position + 1:
            self.table.send_afresh(stream.everyone(), stream.id, "too_far")
        for row in rows:
            if row.kind == facts.ConversationGuarded.kind:
                self.forget(UUID(str(row.data["conversation"])))
        await self.rights.before(stream, rows)
        parcels: dict[reading.Audience, Parcel] = {}
        # While one is made, a look at rights may make an audience of some seats that was not there before.
        while missing := [audience for audience in tuple(stream.seats) if audience not in parcels]:
            parcels |= {audience: await self._parcel(stream.id, rows, audience) for audience in missing}
        # From here nothing waits: position and delivery move together, so that a joiner sees both or neither.
        stream.position = rows[-1].position
        now = clock.now()
        for audience, parcel in parcels.items():
            self._hand(stream, tuple(stream.seats.get(audience, ())), parcel, now)

    async def _parcel(self, stream: UUID, rows: Sequence[FactRow], audience: reading.Audience) -> Parcel:
        items = await wire.render(self.sources, rows, audience)
        return Parcel((wire.facts_frame(stream, rows[-1].position, items),))

    def _hand(self, stream: Stream, seats: Iterable[Seat], parcel: Parcel, now: datetime) -> None:
        for seat in seats:
            if not seat.may(stream.id, now):
                self._refuse(stream, seat)
            elif not seat.write(parcel):
                self.table.leave(seat)

    def _refuse(self, stream: Stream, seat: Seat) -> None:
        if stream.id in seat.streams:
            self.table.end(seat, Close.SIGNED_OUT)
        else:
            self.table.unseat(seat, stream.id)

    async def _find_missed(self) -> None:
        # Taken before the question is asked: a stream may move on while the answer is on its way.
        known = {stream: (stream.epoch, stream.position) for stream in self.table.streams.values() if stream.epoch}
        heads = await self.sources.heads([stream.id for stream in known]) if known else {}
        for stream, (epoch, position) in known.items():
            head = heads.get(stream.id)
            if head is None or head[0] != epoch or head[1] < position:
                await self._begin_again(stream, head)
        self.poked({stream_id: position for stream_id, (_, position) in heads.items()})

    async def _begin_again(self, stream: Stream, head: tuple[str, int] | None) -> None:
        # The database was restored under us, or the stream is gone: no cursor of the old history can be continued.
        async with stream.lock:
            stream.epoch, stream.position = head or (None, 0)
            self.table.send_afresh(stream.everyone(), stream.id, "epoch" if head else "unknown")

    async def _beat(self) -> None:
        now = wire.moment(clock.now())
        said = {stream.id: wire.position(stream.id, stream.position) for stream in self.table.streams.values()}
        for number, seat in enumerate(tuple(self.table.seats), 1):
            if seat.follows and not seat.say(
                wire.beat_frame([said[each] for each in seat.follows if each in said], now)
            ):
                self.table.leave(seat)
            if number % TURN == 0:
                await asyncio.sleep(0)

    def spawn(self, work: Coroutine[object, object, None]) -> None:
        """Let something run beside everything else, and keep it from being collected."""
        # In a context of its own: whoever poked us may be inside a request, with its log lines and its connection.
        task = asyncio.get_running_loop().create_task(work, context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
