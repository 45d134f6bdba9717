"""Hello: caught up from a cursor, then live, with nothing missed and nothing twice."""

import asyncio
from uuid import uuid4

import pytest

from realtime import wire
from server import facts
from tests.realtime.parts import Room, Wall

pytestmark = pytest.mark.anyio


class TestJoin:
    async def test_gives_everything_after_the_cursor_in_order_and_then_says_live(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        for _ in range(250):
            room.house.post(row)
        dana = room.staff(team)

        await room.hub.join(dana.seat, [room.house.cursor(team, 7)])

        assert dana.socket.numbers(team) == list(range(8, 251))
        assert dana.socket.said[-1] == {"t": "live", "streams": {str(team): 250}}

    async def test_without_cursors_starts_now_and_follows_everything_of_mine(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        room.house.post(row)
        dana = room.staff(team)

        await room.hub.join(dana.seat, [])

        assert dana.socket.kinds() == ["live"]
        assert dana.seat.follows == dana.seat.streams

    @pytest.mark.parametrize(("epoch", "after"), [("e0", 1), ("e1", 99)])
    async def test_a_cursor_of_another_history_starts_afresh(self, epoch: str, after: int) -> None:
        room, team = Room(), uuid4()
        room.house.post(room.house.conversation(team))
        dana = room.staff(team)

        await room.hub.join(dana.seat, [room.house.cursor(team, after, epoch)])

        assert dana.socket.said[0] == {"t": "afresh", "stream": str(team), "why": "epoch"}
        assert dana.socket.said[-1] == {"t": "live", "streams": {}}
        assert team not in dana.seat.follows

    async def test_too_far_behind_starts_afresh(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        for _ in range(wire.CEILING + 1):
            room.house.record(facts.ConversationChanged(row.id), team)
        dana = room.staff(team)

        await room.hub.join(dana.seat, [room.house.cursor(team, 0)])

        assert dana.socket.said[0]["why"] == "too_far"

    async def test_purged_facts_start_afresh_instead_of_leaving_a_hole(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        for _ in range(5):
            room.house.post(row)
        room.house.purged = 3
        dana = room.staff(team)

        await room.hub.join(dana.seat, [room.house.cursor(team, 1)])

        assert dana.socket.said[0]["why"] == "too_far"

    async def test_another_clinics_stream_and_no_stream_look_the_same(self) -> None:
        room, team, theirs = Room(), uuid4(), uuid4()
        room.house.begin(theirs)
        dana = room.staff(team)

        await room.hub.join(dana.seat, [room.house.cursor(theirs, 0), room.house.cursor(uuid4(), 0)])

        assert [frame.get("why") for frame in dana.socket.said] == ["unknown", "unknown", None]
        assert not dana.seat.follows

    async def test_a_client_may_be_ahead_of_the_process_it_lands_on(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        first, second = room.staff(team), room.staff(team)
        await room.hub.join(first.seat, [])
        room.house.post(row)

        await room.hub.join(second.seat, [room.house.cursor(team, 1)])

        assert second.socket.kinds() == ["live"]
        assert first.socket.numbers(team) == [1]

    async def test_a_storm_of_the_same_cursor_shares_its_reads(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        for _ in range(50):
            room.house.post(row)
        room.house.slow = lambda: 0.001
        many = [room.staff(team) for _ in range(100)]

        await asyncio.gather(*(room.hub.join(each.seat, [room.house.cursor(team, 10)]) for each in many))

        assert all(each.socket.numbers(team) == list(range(11, 51)) for each in many)
        assert sum(room.house.asked.values()) < 20

    async def test_a_long_catch_up_waits_for_the_socket_and_is_not_mistaken_for_slow(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        for _ in range(1_500):
            room.house.post(row)
        dana = room.staff(team, socket=Wall(room=120_000))
        dana.socket.waiting = 90_000
        joining = asyncio.create_task(room.hub.join(dana.seat, [room.house.cursor(team, 0)]))
        await asyncio.wait([joining], timeout=0.05)
        given_while_full = len(dana.socket.numbers(team))

        dana.socket.waiting = 0
        await joining

        assert given_while_full == 0
        assert dana.socket.numbers(team) == list(range(1, 1_501))

    async def test_said_again_follows_once(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])

        await room.hub.join(dana.seat, [room.house.cursor(team, 0)])
        room.house.post(row)
        await room.poke(team)

        assert dana.socket.numbers(team) == [1]
