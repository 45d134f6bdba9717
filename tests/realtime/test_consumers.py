"""Sockets from the handshake to the end, over the layer and over direct sockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from realtime import consumers
from tests.realtime import parts
from tests.realtime.sockets import ORIGIN, Clinic, clinic

pytestmark = pytest.mark.anyio

WRONG = [
    "",
    "[]",
    "{",
    '"hello"',
    "null",
    '{"t":"facts"}',
    '{"t":"seat.frames","texts":["x"]}',
    '{"type":"websocket.disconnect"}',
    '{"t":"hello","streams":[{"id":"1","epoch":"e","after":0}]}',
    '{"t":"hello","admin":true}',
    '{"t":"signal","kind":"shouting","conversation":"7b1c1b52-6f3c-4f0e-9f0d-1f2f3c4d5e6f"}',
    '{"t":"hello","streams":' + "[" * 30_000,
    '{"t":"hello","build":"' + "x" * 70_000 + '"}',
]


@pytest.fixture(params=["layer", "direct"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[Clinic]:
    async with clinic(direct=request.param == "direct") as made:
        yield made


class TestHandshake:
    @pytest.mark.parametrize(
        "origins",
        [
            [],
            [b"null"],
            [b"https://evil.example"],
            [b"http://clinic.example"],
            [ORIGIN.encode() + b":8443"],
            [ORIGIN.encode() + b".evil.example"],
            [ORIGIN.encode(), ORIGIN.encode()],
        ],
    )
    async def test_a_page_that_is_not_ours_is_refused_before_there_is_a_socket(
        self, house: Clinic, origins: list[bytes]
    ) -> None:
        dana = parts.staff(uuid4())
        cookie = (b"cookie", f"bt_staff={house.let_in(dana)}".encode())

        socket = await house.socket(dana, headers=[*((b"origin", origin) for origin in origins), cookie])

        assert socket.sent == [{"type": "websocket.close"}]

    async def test_who_is_not_signed_in_is_told_so(self, house: Clinic) -> None:
        socket = await house.socket(None)

        assert await socket.until_closed() == 4501
        assert socket.accepted

    async def test_who_has_locked_their_screen_is_told_that(self, house: Clinic) -> None:
        socket = await house.socket(replace(parts.staff(uuid4()), locked=True))

        assert await socket.until_closed() == 4506
        assert house.live.hub.table.seats == set()

    async def test_two_different_session_cookies_are_nobodys(self, house: Clinic) -> None:
        dana, sam = parts.staff(uuid4()), parts.staff(uuid4())
        both = f"bt_staff={house.let_in(dana)}; bt_staff={house.let_in(sam)}".encode()

        socket = await house.socket(dana, headers=[(b"origin", ORIGIN.encode()), (b"cookie", both)])

        assert await socket.until_closed() == 4501

    async def test_a_twenty_first_socket_of_a_person_is_sent_away_and_the_others_stay(self, house: Clinic) -> None:
        dana = parts.staff(uuid4())
        first = [await house.socket(dana) for _ in range(20)]

        one_more = await house.socket(dana)

        assert await one_more.until_closed() == 4429
        assert all(socket.code is None for socket in first)


class TestHello:
    async def test_is_answered_with_what_was_missed_and_then_live(self, house: Clinic) -> None:
        team = uuid4()
        row = house.house.conversation(team)
        for _ in range(3):
            house.house.post(row)
        socket = await house.socket(parts.staff(team))

        socket.send({"t": "hello", "streams": [{"id": str(team), "epoch": "e1", "after": 1}], "build": "b1"})
        await socket.until(lambda: "live" in socket.kinds())

        assert socket.kinds() == ["facts", "live"]
        assert [fact["n"] for fact in socket.said[0]["list"]] == [2, 3]

    async def test_what_happens_next_arrives(self, house: Clinic) -> None:
        team = uuid4()
        row = house.house.conversation(team)
        socket = await house.hello(parts.staff(team))

        await house.live.poke({team: house.house.post(row)})

        await socket.until(lambda: "facts" in socket.kinds())

    async def test_a_patient_hears_of_their_own_conversation(self, house: Clinic) -> None:
        row = house.house.conversation(uuid4())
        socket = await house.hello(parts.patient(row))
        house.house.post(row)

        await house.live.poke({row.patient.id: 1})

        await socket.until(lambda: "facts" in socket.kinds())
        assert socket.said[-1]["list"][0]["conversation"] == str(row.id)

    async def test_a_long_catch_up_arrives_whole(self, house: Clinic) -> None:
        team = uuid4()
        row = house.house.conversation(team)
        for _ in range(1_900):
            house.house.post(row, "long " * 100)
        socket = await house.socket(parts.staff(team))

        socket.send({"t": "hello", "streams": [{"id": str(team), "epoch": "e1", "after": 0}]})
        await socket.until(lambda: "live" in socket.kinds() or socket.code is not None, seconds=20)

        heard = [fact["n"] for frame in socket.said if frame["t"] == "facts" for fact in frame["list"]]
        assert heard == list(range(1, 1_901))

    async def test_who_never_says_it_is_sent_away(self, house: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers, "HELLO", 0.02)

        socket = await house.socket(parts.staff(uuid4()))

        assert await socket.until_closed() == 4001


class TestFrames:
    @pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
    async def test_what_is_not_a_frame_is_refused_and_the_socket_goes_on(self, house: Clinic, text: str) -> None:
        socket = await house.hello(parts.staff(uuid4()))

        socket.send(text)
        await socket.until(lambda: "refused" in socket.kinds())
        socket.send({"t": "hello"})
        await socket.until(lambda: socket.kinds().count("live") == 2)

        assert {"t": "refused", "code": "wrong_shape"} in socket.said

    async def test_bytes_are_no_frame(self, house: Clinic) -> None:
        socket = await house.hello(parts.staff(uuid4()))

        socket.send_bytes(b"\x00\x01")

        await socket.until(lambda: "refused" in socket.kinds())

    async def test_five_wrong_ones_must_not_be_repeated(self, house: Clinic) -> None:
        socket = await house.hello(parts.staff(uuid4()))

        for _ in range(5):
            socket.send("{}")

        assert await socket.until_closed() == 4505

    async def test_a_flood_is_cut(self, house: Clinic) -> None:
        team = uuid4()
        row = house.house.conversation(team)
        socket, other = await house.hello(parts.staff(team)), await house.hello(parts.staff(team))

        for _ in range(61):
            socket.send({"t": "signal", "kind": "typing", "conversation": str(row.id)})

        assert await socket.until_closed() == 4429
        assert other.code is None

    async def test_nothing_follows_a_close(self, house: Clinic) -> None:
        team = uuid4()
        row = house.house.conversation(team)
        dana = parts.staff(team)
        socket = await house.hello(dana)
        house.house.standings.clear()

        await house.live.hub.check_rights()
        await house.live.poke({team: house.house.post(row)})

        assert await socket.until_closed() == 4501
        assert "facts" not in socket.kinds()


class TestLeaving:
    async def test_nothing_of_a_socket_stays_behind(self, house: Clinic) -> None:
        socket = await house.hello(parts.staff(uuid4()))

        await socket.leave()

        assert not house.live.hub.table.seats
        assert not house.live.hub.table.streams

    async def test_a_cancelled_socket_leaves_nothing_either(self, house: Clinic) -> None:
        socket = await house.hello(parts.staff(uuid4()))
        assert socket.task

        socket.task.cancel()
        await asyncio.wait([socket.task])

        assert not house.live.hub.table.seats

    async def test_a_process_that_goes_asks_everybody_to_come_back(self, house: Clinic) -> None:
        socket = await house.hello(parts.staff(uuid4()))

        await house.live.stop()

        assert await socket.until_closed() == 4000


class TestRights:
    async def test_a_session_that_ends_takes_its_sockets_within_two_seconds_without_any_poke(
        self, house: Clinic
    ) -> None:
        dana = parts.staff(uuid4())
        socket = await house.hello(dana)

        house.house.standings.clear()
        async with asyncio.timeout(2):
            code = await socket.until_closed()

        assert code == 4501
