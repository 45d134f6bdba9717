"""The hub: pokes, ticks, rights, and who is given what."""

from datetime import timedelta
from uuid import uuid4

import pytest

from realtime import hub
from realtime.closing import Close
from server import access, clock, facts
from tests.realtime.parts import Room, Wall, another_team

pytestmark = pytest.mark.anyio


class TestPoked:
    async def test_reads_and_encodes_once_for_all_of_an_audience(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        many = [room.staff(team) for _ in range(5)]
        for each in many:
            await room.hub.join(each.seat, [])
        room.house.asked.clear()
        room.house.post(row)

        await room.poke(team)

        assert room.house.asked == {"between": 1, "rows": 1, "messages": 1}
        assert all(each.socket.numbers(team) == [1] for each in many)
        [fact] = many[0].socket.said[-1]["list"]
        assert fact["kind"] == "message.posted"
        assert fact["row"]
        assert fact["messages"]

    async def test_facts_that_wait_leave_as_one_frame_in_one_write(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        for _ in range(8):
            room.house.post(row)

        await room.poke(team)

        assert dana.socket.writes == 2
        assert dana.socket.said[-1]["at"] == 8

    async def test_an_old_poke_asks_nothing(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        room.house.post(row)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        room.house.asked.clear()

        await room.poke(team, 1)

        assert not room.house.asked

    async def test_a_poke_beyond_the_database_neither_spins_nor_silences_the_next(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        await room.poke(team, 1_000_000)
        room.house.post(row)

        await room.poke(team, 1)

        assert dana.socket.numbers(team) == [1]

    async def test_a_patients_page_is_given_every_conversation_of_the_patients(self) -> None:
        room, team, other = Room(), uuid4(), uuid4()
        row = room.house.conversation(team)
        elsewhere = another_team(room.house.conversation(other), of=row)
        page = room.patient(row)
        await room.hub.join(page.seat, [])
        room.house.post(row)
        room.house.post(elsewhere)

        await room.poke(row.patient.id)

        frame = page.socket.said[-1]
        assert frame["at"] == 2
        assert [fact["conversation"] for fact in frame["list"]] == [str(row.id), str(elsewhere.id)]
        assert set(frame["list"][0]) == {"n", "kind", "conversation", "messages"}

    async def test_a_slow_socket_is_left_and_the_others_hear_everything(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        slow, quick = room.staff(team, socket=Wall(room=900)), room.staff(team)
        for each in (slow, quick):
            await room.hub.join(each.seat, [])
        for _ in range(3):
            room.house.post(row)

        await room.poke(team)

        assert slow.socket.code == Close.SLOW
        assert slow.seat not in room.hub.table.seats
        assert quick.socket.numbers(team) == [1, 2, 3]

    async def test_a_fact_of_an_unknown_kind_is_passed_over(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        room.house.post(row)
        run = room.house.facts[team]
        run.append(type(run[0])(team, 2, "weather.changed", {"sky": "blue"}))
        room.house.post(row)

        await room.poke(team)

        assert dana.socket.numbers(team) == [1, 3]

    async def test_a_database_that_hangs_holds_a_stream_for_a_while_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hub, "READ", 0.02)
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        room.house.post(row)
        room.house.slow = lambda: 60
        await room.poke(team)
        room.house.slow = lambda: 0

        await room.poke(team)

        assert dana.socket.numbers(team) == [1]


class TestTick:
    async def test_finds_what_a_lost_poke_would_have_told_with_one_question(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        room.house.post(row)
        room.house.asked.clear()

        await room.hub.tick()
        await room.hub.settled()

        assert dana.socket.numbers(team) == [1]
        assert room.house.asked["heads"] == 1

    async def test_beats_tell_each_seat_of_its_own_streams_only(self) -> None:
        room, team, other = Room(), uuid4(), uuid4()
        room.house.conversation(other)
        row = room.house.conversation(team)
        room.house.post(row)
        dana, page = room.staff(team), room.patient(row)
        await room.hub.join(dana.seat, [room.house.cursor(team, 1)])
        await room.hub.join(page.seat, [])

        await room.hub.tick()

        assert dana.socket.said[-1]["t"] == "beat"
        assert dana.socket.said[-1]["streams"] == {str(team): 1}
        assert page.socket.said[-1]["streams"] == {str(row.patient.id): 1}

    async def test_a_restored_database_starts_everybody_afresh(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        room.house.post(row)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [room.house.cursor(team, 1)])
        room.house.epoch = "e2"
        room.house.facts[team].clear()

        await room.hub.tick()

        assert {"t": "afresh", "stream": str(team), "why": "epoch"} in dana.socket.said
        assert not dana.seat.follows

    async def test_beats_go_out_without_the_database(self) -> None:
        room, team = Room(), uuid4()
        room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [room.house.cursor(team, 0)])
        room.house.slow = _fails

        await room.hub.tick()

        assert dana.socket.kinds()[-1] == "beat"


class TestRights:
    async def test_a_lost_team_is_lost_before_anything_later_is_delivered(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        sam, dana = room.staff(team), room.staff(team)
        for each in (sam, dana):
            await room.hub.join(each.seat, [])
        room.house.post(row, "before")
        room.house.record(facts.MembershipEnded(team, sam.seat.person), sam.seat.person, team)
        room.house.post(row, "after")
        without = access.Standing(alive=True, code=4501, streams=sam.seat.streams - {team})
        room.house.standings[sam.seat.session] = without

        await room.poke(team)

        assert sam.socket.numbers(team) == []
        assert sam.socket.is_open
        assert dana.socket.numbers(team) == [1, 2, 3]

    async def test_another_role_takes_teams_when_the_clinic_hears_of_it(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        val = room.staff(team)
        await room.hub.join(val.seat, [])
        [clinic] = val.seat.streams - {team, val.seat.person}
        without = access.Standing(alive=True, code=4501, streams=val.seat.streams - {team})
        room.house.standings[val.seat.session] = without
        room.house.record(facts.PeopleChanged(users=[val.seat.person]), clinic)

        await room.poke(clinic)
        room.house.post(row, "after")
        await room.poke(team)

        assert val.socket.numbers(team) == []
        assert val.socket.is_open

    @pytest.mark.parametrize("code", [4501, 4503])
    async def test_an_ended_session_closes_its_sockets_on_the_next_look(self, code: int) -> None:
        room, team = Room(), uuid4()
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        room.house.end(dana.seat, code)

        await room.hub.check_rights()

        assert dana.socket.code == code
        assert dana.seat not in room.hub.table.seats

    async def test_a_session_that_is_gone_counts_as_ended(self) -> None:
        room, team = Room(), uuid4()
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        room.house.standings.clear()

        await room.hub.check_rights()

        assert dana.socket.code == Close.SIGNED_OUT

    async def test_a_revoked_link_closes_only_what_came_in_through_it(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        stolen, own = room.patient(row), room.patient(row)
        for page in (stolen, own):
            await room.hub.join(page.seat, [])
        assert stolen.seat.link
        room.house.record(facts.LinkEnded(stolen.seat.link), row.patient.id)

        await room.poke(row.patient.id)

        assert stolen.socket.code == Close.LINK_ENDED
        assert own.socket.is_open

    async def test_nothing_is_delivered_after_a_sessions_time(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        dana.seat.ends_at = clock.now() - timedelta(seconds=1)
        room.house.post(row)

        await room.poke(team)

        assert dana.socket.numbers(team) == []
        assert dana.socket.code == Close.SIGNED_OUT

    async def test_a_new_team_is_told_so_that_the_client_fetches_it(self) -> None:
        room, team, second = Room(), uuid4(), uuid4()
        room.house.conversation(second)
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])
        more = access.Standing(alive=True, code=4501, streams=dana.seat.streams | {second})
        room.house.standings[dana.seat.session] = more

        await room.hub.check_rights()
        await room.hub.join(dana.seat, [room.house.cursor(second, 0)])

        assert {"t": "afresh", "stream": str(second), "why": "unknown"} in dana.socket.said
        assert second in dana.seat.follows


class TestLeave:
    async def test_streams_that_nobody_follows_are_forgotten(self) -> None:
        room, team = Room(), uuid4()
        dana = room.staff(team)
        await room.hub.join(dana.seat, [])

        room.hub.leave(dana.seat)

        assert not room.hub.table.streams
        assert not room.hub.table.seats

    async def test_a_person_has_twenty_sockets_and_a_link_five(self) -> None:
        room, team = Room(), uuid4()
        row = room.house.conversation(team)
        staff = [room.staff(team, user=row.id) for _ in range(20)]
        pages = [room.patient(row) for _ in range(5)]
        for page in pages:
            page.seat.crowd = pages[0].seat.crowd

        with pytest.raises(AssertionError):
            room.staff(team, user=row.id)
        room.hub.leave(staff[0].seat)

        assert room.staff(team, user=row.id)
        assert room.hub.table.admit(pages[0].seat)


def _fails() -> float:
    raise ConnectionError
