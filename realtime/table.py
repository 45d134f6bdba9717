"""The table of one process: its streams, who sits where, and how many sockets a person may have."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from realtime import reading, wire
from realtime.closing import Close
from realtime.seat import Seat
from realtime.shapes import AfreshWhy

STAFF_SOCKETS = 20
PORTAL_SOCKETS = 5


@dataclass(eq=False, slots=True)
class Stream:
    """One stream as this process knows it: everything up to `position` has been handed to its seats.

    `begun` and `done` number the reads of it, so that many who ask at once are served by one read that began after
    they asked. `comers` are on their way to a seat; `wanted` is the newest position that a poke has named.
    """

    id: UUID
    epoch: str | None = None
    position: int = 0
    seats: dict[reading.Audience, set[Seat]] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    comers: int = 0
    wanted: int = 0
    begun: int = 0
    done: int = 0
    is_reading: bool = False

    def everyone(self) -> list[Seat]:
        """All seats, of every audience."""
        return [seat for seats in self.seats.values() for seat in seats]

    def add(self, seat: Seat) -> None:
        self.seats.setdefault(seat.audience, set()).add(seat)
        seat.follows.add(self.id)

    def discard(self, seat: Seat) -> None:
        seat.follows.discard(self.id)
        seats = self.seats.get(seat.audience, set())
        seats.discard(seat)
        if not seats:
            self.seats.pop(seat.audience, None)


class Table:
    """Who sits where. Nothing here reads or waits."""

    def __init__(self) -> None:
        self.streams: dict[UUID, Stream] = {}
        self.seats: set[Seat] = set()
        self._crowds: Counter[UUID] = Counter()

    def admit(self, seat: Seat) -> bool:
        """Whether there is room for one more socket of this person or link (B39: 20 and 5); if so, it is counted."""
        if self._crowds[seat.crowd] >= (STAFF_SOCKETS if seat.is_staff else PORTAL_SOCKETS):
            return False
        self._crowds[seat.crowd] += 1
        self.seats.add(seat)
        return True

    def leave(self, seat: Seat) -> None:
        """Take a seat away from everywhere; doing it twice is harmless."""
        for stream in tuple(seat.follows):
            self.unseat(seat, stream)
        seat.ended = True
        if seat in self.seats:
            self.seats.discard(seat)
            self._crowds[seat.crowd] -= 1
            if not self._crowds[seat.crowd]:
                del self._crowds[seat.crowd]

    def end(self, seat: Seat, code: Close | int) -> None:
        """Close a socket with a code and give its place up."""
        seat.end(int(code))
        self.leave(seat)

    def turn(self, seat: Seat, audience: reading.Audience) -> None:
        """A seat belongs to another audience from now on, wherever it sits."""
        if seat.audience == audience:
            return
        followed = [self.streams[each] for each in tuple(seat.follows) if each in self.streams]
        for stream in followed:
            stream.discard(seat)
        seat.audience = audience
        for stream in followed:
            stream.add(seat)

    def unseat(self, seat: Seat, stream_id: UUID) -> None:
        """Stop one seat from following one stream."""
        if stream := self.streams.get(stream_id):
            stream.discard(seat)
            self.forget(stream)
        seat.follows.discard(stream_id)

    def send_afresh(self, seats: Iterable[Seat], stream: UUID, why: AfreshWhy) -> None:
        """Tell seats to fetch a snapshot; they follow the stream again after their next hello."""
        for seat in tuple(seats):
            self.unseat(seat, stream)
            seat.say(wire.afresh_frame(stream, why))

    def stream(self, stream_id: UUID) -> Stream:
        return self.streams.setdefault(stream_id, Stream(stream_id))

    def forget(self, stream: Stream) -> None:
        """Drop a stream at which nobody sits and to which nobody is on the way."""
        if not stream.seats and not stream.comers and not stream.is_reading:
            self.streams.pop(stream.id, None)

    def seats_at(self, stream_id: UUID) -> Iterator[Seat]:
        """Everybody who follows a stream here."""
        stream = self.streams.get(stream_id)
        return iter(stream.everyone() if stream else ())
