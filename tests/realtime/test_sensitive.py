"""What is sensitive on sockets: of one team's stream, who may open it is told of it, and nobody else (B37)."""

from collections.abc import AsyncIterator
from uuid import uuid4

import msgspec
import pytest

from server import access
from server import facts as kinds
from server.queries import views
from tests.realtime import parts
from tests.realtime.parts import Room, Sitting
from tests.realtime.sockets import Clinic, clinic

pytestmark = pytest.mark.anyio


def opens(room: parts.House, seat_session: object, row: views.Row) -> None:
    standing = room.standings[seat_session]  # type: ignore[index]
    room.standings[seat_session] = access.Standing(  # type: ignore[index]
        alive=True, code=4501, streams=standing.streams, opens=frozenset({row.id})
    )


def hide(room: Room, row: views.Row) -> views.Row:
    room.house.rows[row.id] = msgspec.structs.replace(row, sensitive=True)
    return room.house.rows[row.id]


def told(sitting: Sitting) -> list[object]:
    return [fact["kind"] for frame in sitting.socket.said if frame["t"] == "facts" for fact in frame["list"]]


async def test_the_marking_takes_it_off_other_screens_and_nothing_follows() -> None:
    room, team = Room(), uuid4()
    row = room.house.conversation(team)
    dana, sam = room.staff(team), room.staff(team)
    for each in (dana, sam):
        await room.hub.join(each.seat, [])
    opens(room.house, dana.seat.session, hide(room, row))
    room.house.record(kinds.ConversationGuarded(row.id, team), team)

    await room.poke(team)
    room.house.post(row, "about the test")
    await room.poke(team)

    assert told(dana) == ["conversation.changed", "message.posted"]
    assert told(sam) == ["conversation.left"]
    assert b"about the test" not in sam.socket.data


async def test_who_is_named_later_gets_it_with_that_fact_and_loses_it_with_the_next() -> None:
    room, team = Room(), uuid4()
    row = hide(room, room.house.conversation(team))
    sam = room.staff(team)
    await room.hub.join(sam.seat, [])
    without = room.house.standings[sam.seat.session]
    opens(room.house, sam.seat.session, row)
    room.house.record(kinds.ConversationGuarded(row.id, team), team)
    await room.poke(team)
    room.house.post(row, "for you")
    await room.poke(team)
    room.house.standings[sam.seat.session] = without
    room.house.record(kinds.ConversationGuarded(row.id, team), team)
    await room.poke(team)

    assert told(sam) == ["conversation.changed", "message.posted", "conversation.left"]


async def test_a_look_at_rights_alone_is_enough() -> None:
    room, team = Room(), uuid4()
    row = hide(room, room.house.conversation(team))
    sam = room.staff(team)
    await room.hub.join(sam.seat, [])
    opens(room.house, sam.seat.session, row)

    await room.hub.check_rights()
    room.house.post(row, "for you")
    await room.poke(team)

    assert told(sam) == ["message.posted"]


@pytest.fixture
async def house() -> AsyncIterator[Clinic]:
    async with clinic(direct=True) as made:
        yield made


async def test_nobody_else_hears_that_somebody_types_there(house: Clinic) -> None:
    row = house.house.conversation(uuid4())
    house.house.rows[row.id] = msgspec.structs.replace(row, sensitive=True)
    dana, sam = (parts.staff(row.team) for _ in range(2))
    writer, colleague = await house.hello(dana), await house.hello(sam)
    for who in (dana,):
        opens(house.house, who.session, row)
    await house.live.hub.check_rights()

    colleague.send({"t": "signal", "kind": "viewing", "conversation": str(row.id)})
    await colleague.until(lambda: "refused" in colleague.kinds())
    writer.send({"t": "signal", "kind": "typing", "conversation": str(row.id)})
    writer.send({"t": "signal", "kind": "typing", "conversation": str(uuid4())})
    await writer.until(lambda: "refused" in writer.kinds())

    assert "signal" not in colleague.kinds()
