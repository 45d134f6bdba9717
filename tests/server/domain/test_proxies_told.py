"""What those who act for a patient are reminded of, and how staff see that it was they who looked."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from server import clock, models
from server.domain import proxies, receipts
from server.domain.proxies import ProxyDetails
from server.domain.sending import letters
from server.queries import inbox
from tests.server.domain.test_ladders import carried
from tests.server.domain.test_proxies import ROSA, add, enter, go, write
from tests.server.domain.waiting import after, due
from tests.world import World

pytestmark = pytest.mark.anyio


class TestReminders:
    async def test_come_with_the_patients_own_in_the_proxys_language_until_they_have_read(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        await carried()
        [first] = await go()
        said = []
        for hours in (23.9, 24.1, 72.1):
            await after(hours)
            said.append(await go())
            await carried()

        assert [len(each) for each in said] == [0, 1, 1]
        for text in (said[1][0], said[2][0]):
            assert isinstance(text, letters.Text)
            assert isinstance(first, letters.Text)
            assert text.to == first.to == "+13125550160"
            assert "mensaje seguro sin leer" in text.words
            assert "Monday" not in text.words
        assert await models.Delivery.filter(purpose="reminder").count() == 2
        assert (await models.Proxy.get(id=proxy.id)).trouble is None

    async def test_are_not_for_who_has_viewed_or_may_not_read_or_wants_no_notices(self, world: World) -> None:
        seen = await add(world)
        ended = await add(world, msgspec.structs.replace(ROSA, phone="(312) 555-0161"))
        silent = await add(world, msgspec.structs.replace(ROSA, phone="(312) 555-0162"))
        await write(world)
        await write(world, "Only for you", patient_only=True)
        await carried()
        assert len(await go()) == 3
        await receipts.mark_viewed([1], by=await enter(seen))
        await proxies.end(world.ines.id, ended.id, "asked", by=world.dana)
        await proxies.change(world.ines.id, silent.id, ProxyDetails(notices=False), by=world.dana)

        await after(24.1)

        assert await models.Delivery.filter(purpose="reminder").count() == 1
        assert await go() == []
        assert not await models.Work.filter(kind="proxy_reminder").exists()

    async def test_wait_for_the_patients_day(self, world: World) -> None:
        await add(world)
        await write(world)
        await carried()
        await go()
        zone = ZoneInfo("America/Chicago")
        night = (clock.now() + timedelta(days=2)).astimezone(zone).replace(hour=23, minute=0)
        await models.Organization.all().update(quiet_from=21, quiet_until=8)
        await models.Patient.all().update(reminders=False)
        clock.shift(night - datetime.now(UTC))

        await due()

        assert await go() == []
        reminder = await models.Work.get(kind="proxy_reminder")
        assert reminder.next_at.astimezone(zone).hour == 8


class TestARow:
    async def test_a_row_says_viewed_of_a_proxy_by_their_name_until_the_patient_has(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        said = []

        for reader in (proxy, None):
            await receipts.mark_viewed([1], by=await enter(reader))
            last = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].last
            assert last is not None
            said.append((last.proxy, last.viewed_by, last.viewed_at))

        rosas, own = await models.Receipt.all().order_by("created_at")
        assert said == [
            (None, "Rosa Vega (mother of Ines)", rosas.created_at),
            (None, None, own.created_at),
        ]
