"""A proxy's phone that was silent for long is asked too, before a notice with their link goes there."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from server import clock, models
from server.domain import contacts, proxies
from server.models import ContactKind
from server.notices import recheck_text
from server.queries import directory
from tests.server.domain.test_contacts import tasks_in
from tests.server.domain.test_inbound import incoming, receive
from tests.server.domain.test_proxies import ROSA, add, refused
from tests.server.worker.house import House

pytestmark = pytest.mark.anyio
PHONE = "13125550147"
DETAILS = msgspec.structs.replace(ROSA, phone=f"+{PHONE}")
QUESTION = recheck_text(name="Mercy Family Clinic", language="es")


@pytest.fixture
async def rosa(house: House) -> models.Proxy:
    """A proxy who was heard of 200 days ago; the message has gone to the patient, the question to her."""
    proxy = await add(house.world, DETAILS)
    await _silence(proxy)
    await house.post(house.world.ines_thread)
    async with house.working():
        await house.until(_question_is_out)
    return proxy


async def _question_is_out() -> bool:
    return await models.Work.filter(kind="recheck_proxy", done_at__isnull=False).exists()


async def _nothing_waits() -> bool:
    return not await models.Work.filter(done_at=None, kind__in=("proxy_notice", "recheck_end")).exists()


def to_rosa(house: House) -> list[str]:
    return [post.text for post in house.posts() if post.to == PHONE]


async def trouble(proxy: models.Proxy) -> str | None:
    return (await models.Proxy.get(id=proxy.id)).trouble


class TestTheQuestion:
    async def test_goes_out_once_in_their_language_instead_of_the_notice(
        self, house: House, rosa: models.Proxy
    ) -> None:
        await house.post(house.world.ines_thread, "And another thing")

        async with house.working():
            await house.heard("text.received", PHONE)

        assert to_rosa(house) == [QUESTION]
        assert await models.Work.filter(kind="proxy_notice", done_at=None).count() == 1

    async def test_is_not_asked_of_a_phone_that_is_new(self, house: House) -> None:
        await add(house.world, DETAILS)
        await house.post(house.world.ines_thread)

        async with house.working():
            await house.until(_nothing_waits)

        [text] = to_rosa(house)
        assert "/m/" in text

    async def test_is_needed_no_more_once_their_access_has_ended(self, house: House) -> None:
        proxy = await add(house.world, DETAILS)
        await contacts.ask(await _contact(proxy), house.world.ines_thread.id, at=clock.now(), proxy=proxy.id)
        await proxies.end(house.world.ines.id, proxy.id, "asked", by=house.world.dana)

        async with house.working():
            await house.until(_question_is_out)

        assert to_rosa(house) == []


class TestTheAnswer:
    async def test_yes_lets_the_notice_go(self, house: House, rosa: models.Proxy) -> None:
        await receive(incoming("Sí", sender=PHONE))

        async with house.working():
            await house.until(_nothing_waits)

        assert len(to_rosa(house)) == 2
        assert "/m/" in to_rosa(house)[1]
        assert await trouble(rosa) is None

    async def test_no_is_given_to_staff_and_nothing_more_goes_there(self, house: House, rosa: models.Proxy) -> None:
        await receive(incoming("NO", sender=PHONE))
        async with house.working():
            await house.until(_nothing_waits)
        await house.post(house.world.ines_thread, "Another")
        async with house.working():
            await house.until(_nothing_waits)

        assert to_rosa(house) == [QUESTION]
        assert await trouble(rosa) == "paused"
        assert await tasks_in(house.world.ines_thread) == ["proxy_unreached"]

    async def test_silence_for_three_days_is_given_to_staff_too(self, house: House, rosa: models.Proxy) -> None:
        await _let_three_days_pass(house)

        assert await trouble(rosa) == "not_confirmed"
        assert await tasks_in(house.world.ines_thread) == ["proxy_unreached"]
        assert to_rosa(house) == [QUESTION]

    async def test_a_question_that_cannot_be_asked_ends_the_wait(self, house: House) -> None:
        proxy = await add(house.world, DETAILS)
        await _silence(proxy)
        await house.post(house.world.ines_thread)
        await models.PhoneNumber.all().update(status=models.NumberStatus.BLOCKED)

        async with house.working():
            await house.until(_nothing_waits)

        assert await trouble(proxy) == "number_blocked"
        assert to_rosa(house) == []

    async def test_is_theirs_alone_where_the_patient_has_another_phone(self, house: House, rosa: models.Proxy) -> None:
        patient = await models.Contact.get(index=house.world.ines.phone_index)

        assert (patient.asked_at, patient.paused_at) == (None, None)
        assert not await models.Delivery.filter(reason="recheck").exists()


class TestRestoring:
    async def test_by_staff_who_called_lets_the_next_notice_go(self, house: House, rosa: models.Proxy) -> None:
        await _let_three_days_pass(house)
        [shown] = (await directory.card(house.world.dana, await models.Patient.get(id=house.world.ines.id))).proxies
        assert shown.may_restore

        await proxies.restore(house.world.ines.id, rosa.id, by=house.world.dana)
        await house.post(house.world.ines_thread, "Another")
        async with house.working():
            await house.until(_nothing_waits)

        assert "/m/" in to_rosa(house)[-1]
        assert await trouble(rosa) is None

    async def test_is_refused_to_observers_and_unknown_to_others(self, house: House, rosa: models.Proxy) -> None:
        world = house.world

        await refused("not_allowed", proxies.restore(world.ines.id, rosa.id, by=world.val))
        await refused("unknown", proxies.restore(world.ines.id, rosa.id, by=world.alex))
        await refused("unknown", proxies.restore(world.omar.id, rosa.id, by=world.dana))


async def _silence(proxy: models.Proxy) -> None:
    await contacts.meet(proxy.organization_id, ContactKind.PHONE, proxy.phone_index or "")
    await models.Contact.filter(index=proxy.phone_index).update(proven_at=clock.now() - timedelta(days=200))


async def _contact(proxy: models.Proxy) -> UUID:
    await _silence(proxy)
    return (await models.Contact.get(index=proxy.phone_index)).id


async def _let_three_days_pass(house: House) -> None:
    clock.shift(timedelta(days=3, minutes=1))
    try:
        async with house.working():
            await house.until(_nothing_waits)
    finally:
        clock.shift(timedelta())
