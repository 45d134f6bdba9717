"""Typing and viewing: to the others in the conversation, and to nobody else."""

from collections.abc import AsyncIterator
from functools import partial
from uuid import uuid4

import msgspec
import pytest

from server.queries import views
from tests.realtime import parts
from tests.realtime.sockets import Clinic, Socket, clinic

pytestmark = pytest.mark.anyio


@pytest.fixture
async def house() -> AsyncIterator[Clinic]:
    async with clinic(direct=True) as made:
        yield made


def signal(kind: str, row: views.Row) -> dict[str, str]:
    return {"t": "signal", "kind": kind, "conversation": str(row.id)}


def signals(socket: Socket) -> list[str]:
    return [frame["kind"] for frame in socket.said if frame["t"] == "signal"]


def _is_refused_twice(socket: Socket) -> bool:
    return socket.kinds().count("refused") == 2


class TestSignal:
    async def test_colleagues_are_told_who_and_the_patient_only_that_somebody_is(self, house: Clinic) -> None:
        row = house.house.conversation(uuid4())
        dana = parts.staff(row.team)
        house.house.names[dana.user] = "Dana Reyes"
        writer, colleague = await house.hello(dana), await house.hello(parts.staff(row.team))
        page = await house.hello(parts.patient(row))

        writer.send(signal("typing", row))
        await colleague.until(lambda: bool(signals(colleague)))
        await page.until(lambda: bool(signals(page)))

        assert colleague.said[-1]["who"] == {"kind": "staff", "id": str(dana.user), "name": "Dana Reyes"}
        assert page.said[-1]["who"] == {"kind": "staff", "id": None, "name": "Your care team"}
        assert signals(writer) == []

    async def test_members_are_told_who_merely_observes(self, house: Clinic) -> None:
        row = house.house.conversation(uuid4())
        sam, dana = parts.staff(row.team), parts.staff(row.team)
        house.house.names |= {sam.user: "Sam Okafor", dana.user: "Dana Reyes"}
        house.house.observers.add(sam.user)
        observer, member = await house.hello(sam), await house.hello(dana)

        for _ in range(2):
            observer.send(signal("viewing", row))
        member.send(signal("viewing", row))
        await member.until(lambda: len(signals(member)) == 2)
        await observer.until(lambda: bool(signals(observer)))

        who = {"kind": "staff", "id": str(sam.user), "name": "Sam Okafor", "observes": True}
        assert [frame["who"] for frame in member.said if frame["t"] == "signal"] == [who, who]
        assert observer.said[-1]["who"] == {"kind": "staff", "id": str(dana.user), "name": "Dana Reyes"}
        assert house.house.asked["is_member"] == 2

    async def test_staff_are_told_that_the_patient_is_typing(self, house: Clinic) -> None:
        row = house.house.conversation(uuid4())
        page, colleague = await house.hello(parts.patient(row)), await house.hello(parts.staff(row.team))

        page.send(signal("typing", row))
        await colleague.until(lambda: bool(signals(colleague)))

        who = {"kind": "patient", "id": str(row.patient.id), "name": row.patient.name}
        assert colleague.said[-1]["who"] == who

    async def test_that_staff_look_is_not_the_patients_business_and_other_teams_hear_nothing(
        self, house: Clinic
    ) -> None:
        row, elsewhere = house.house.conversation(uuid4()), house.house.conversation(uuid4())
        writer, colleague = await house.hello(parts.staff(row.team)), await house.hello(parts.staff(row.team))
        page, stranger = await house.hello(parts.patient(row)), await house.hello(parts.staff(elsewhere.team))

        writer.send(signal("viewing", row))
        writer.send(signal("typing", row))
        await page.until(lambda: bool(signals(page)))

        assert signals(page) == ["typing"]
        assert signals(colleague) == ["viewing", "typing"]
        assert signals(stranger) == []

    async def test_a_conversation_that_is_not_theirs_is_refused_like_one_that_is_not_there(self, house: Clinic) -> None:
        row, theirs = house.house.conversation(uuid4()), house.house.conversation(uuid4())
        dana, page = await house.hello(parts.staff(row.team)), await house.hello(parts.patient(row))
        absent = msgspec.structs.replace(theirs, id=uuid4())

        for socket in (dana, page):
            socket.send(signal("typing", theirs))
            socket.send(signal("typing", absent))
            await socket.until(partial(_is_refused_twice, socket))
            assert {frame["code"] for frame in socket.said if frame["t"] == "refused"} == {"unknown"}

    async def test_who_leaves_is_gone_for_the_others(self, house: Clinic) -> None:
        row = house.house.conversation(uuid4())
        writer, colleague = await house.hello(parts.staff(row.team)), await house.hello(parts.staff(row.team))
        writer.send(signal("viewing", row))
        await colleague.until(lambda: bool(signals(colleague)))

        await writer.leave()

        await colleague.until(lambda: signals(colleague) == ["viewing", "gone"])

    async def test_nonsense_on_the_bus_harms_nobody(self, house: Clinic) -> None:
        row = house.house.conversation(uuid4())
        writer, colleague = await house.hello(parts.staff(row.team)), await house.hello(parts.staff(row.team))

        house.live.bus.signal(b"nonsense")
        writer.send(signal("typing", row))

        await colleague.until(lambda: signals(colleague) == ["typing"])
