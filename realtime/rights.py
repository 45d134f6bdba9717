"""What the seats of this process may still do, asked of the database: a lost poke cannot keep a socket alive."""

from collections.abc import Iterable, Sequence

from realtime import reading
from realtime.closing import Close
from realtime.seat import Seat
from realtime.sources import Sources
from realtime.table import Stream, Table
from server import access, facts
from server.queries.facts import FactRow

CHANGES = frozenset(
    kind.kind
    for kind in (
        facts.MembershipBegan,
        facts.MembershipEnded,
        facts.PeopleChanged,
        facts.SessionEnded,
        facts.SessionLocked,
        facts.LinkEnded,
        facts.ConversationGuarded,
    )
)
"""After Facts of these kinds rights are asked for again before anything is delivered."""


class Rights:
    """Takes from seats what they have lost: the socket itself, or some of its streams."""

    def __init__(self, sources: Sources, table: Table) -> None:
        self._sources = sources
        self._table = table

    async def check(self, seats: Iterable[Seat]) -> None:
        """Ask how these seats' sessions stand and act on it; two or three queries for all of them."""
        asked = tuple(seats)
        if not asked:
            return
        staff = {seat.session for seat in asked if seat.is_staff}
        portal = {seat.session for seat in asked if not seat.is_staff}
        found = await self._sources.standing(staff, portal)
        for seat in asked:
            self._apply(seat, found.get(seat.session))

    async def before(self, stream: Stream, rows: Sequence[FactRow]) -> None:
        """Let Facts that end a right take effect before they or any later ones are delivered (B02, B37)."""
        if not any(row.kind in CHANGES for row in rows):
            return
        revoked = {str(row.data.get("link")) for row in rows if row.kind == facts.LinkEnded.kind}
        for seat in stream.everyone():
            if seat.link and str(seat.link) in revoked:
                self._table.end(seat, Close.LINK_ENDED)
        await self.check(stream.everyone())

    def _apply(self, seat: Seat, standing: access.Standing | None) -> None:
        if seat.ended:
            return
        if standing is None:
            self._table.end(seat, Close.SIGNED_OUT)
        elif not standing.alive:
            self._table.end(seat, standing.code)
        else:
            seat.teams = standing.teams
            if seat.is_staff:
                self._table.turn(seat, reading.staff_who_open(standing.opens))
            if standing.streams != seat.streams:
                self._move(seat, standing)

    def _move(self, seat: Seat, standing: access.Standing) -> None:
        # A team gained or lost: its snapshot is fetched or found gone, and the next hello follows what is left.
        changed = seat.streams ^ standing.streams
        seat.streams = standing.streams
        for stream in sorted(changed):
            if seat.follows:
                self._table.send_afresh([seat], stream, "unknown")
