"""Unknown senders: a person says whose words they are, and nothing is ever sent to them by it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from server import access, clock, models
from server.domain import patients, strays
from server.errors import Refusal
from server.queries import strays as kept
from server.queries import thread, views
from tests.laws.replay import replay_law
from tests.server.domain.test_inbound import BILLING, incoming, receive, said_in
from tests.world import World

pytestmark = pytest.mark.anyio
STRANGER = "13125559999"


async def shown(staff: access.Staff) -> list[views.Stray]:
    return await kept.groups(staff, staff.reads)


async def one(world: World, *bodies: str) -> views.Stray:
    """A stranger who wrote this."""
    for body in bodies or ("Is this the clinic?",):
        await receive(incoming(body, sender=STRANGER))
    [stray] = await shown(world.dana)
    return stray


class TestShown:
    async def test_a_sender_with_all_they_wrote_to_a_number(self, world: World) -> None:
        stray = await one(world, "Hello", "Is this the clinic?")
        await receive(incoming("About my bill", sender=STRANGER, to=BILLING))

        assert (stray.number, stray.sender, stray.sender_display) == ("+13125550100", f"+{STRANGER}", "(312) 555-9999")
        assert [text.body for text in stray.texts] == ["Hello", "Is this the clinic?"]
        assert [len(each.texts) for each in await shown(world.dana)] == [2]
        assert sorted(len(each.texts) for each in await shown(world.val)) == [1, 2]
        assert await kept.counts(world.val.reads) == {team.id: 1 for team in world.mercy.teams.values()}

    async def test_another_clinic_sees_nothing(self, world: World) -> None:
        await one(world)

        assert await shown(world.alex) == await shown(world.robin) == []

    async def test_a_name_or_short_code_is_shown_as_it_is(self, world: World) -> None:
        await receive(incoming("Your parcel", sender="PostOffice"))
        await receive(incoming("Your code", sender="36729"))

        assert {each.sender_display for each in await shown(world.dana)} == {"PostOffice", "36729"}


class TestAttach:
    async def test_the_words_become_the_patients_in_their_order_and_time(self, world: World) -> None:
        stray = await one(world, "Hello", "It is Omar, from my wife's phone")
        clock.shift(timedelta(hours=1))
        try:
            async with replay_law(world.dana):
                conversation = await strays.attach(stray.texts[1].id, world.omar.id, by=world.dana)
        finally:
            clock.shift(timedelta())

        page, _ = await thread.page(conversation.id, None)
        assert conversation.id == world.omar_thread.id
        assert [message.body for message in page] == ["Hello", "It is Omar, from my wife's phone"]
        assert [message.at for message in page] == [text.at for text in stray.texts]
        assert {message.via for message in page} == {"sms"}
        assert await models.Message.filter(carrier_ref__not_isnull=True).count() == 2
        assert await models.Delivery.all().count() == 0
        assert await shown(world.dana) == []

    async def test_again_is_the_same(self, world: World) -> None:
        stray = await one(world)
        for _ in range(2):
            await strays.attach(stray.id, world.omar.id, by=world.dana)

        assert await said_in(world.omar_thread) == ["Is this the clinic?"]

    async def test_a_colleague_who_was_faster_stays_right(self, world: World) -> None:
        stray = await one(world)
        await strays.attach(stray.id, world.omar.id, by=world.sam)

        with pytest.raises(Refusal, match="already taken care") as no:
            await strays.attach(stray.id, world.ines.id, by=world.dana)
        with pytest.raises(Refusal, match="already taken care"):
            await strays.reopen(stray.id, by=world.dana)

        assert no.value.code == "already_settled"
        assert await said_in(world.ines_thread) == []

    async def test_what_they_write_later_is_a_new_stray(self, world: World) -> None:
        await strays.attach((await one(world)).id, world.omar.id, by=world.dana)
        await receive(incoming("And one more thing", sender=STRANGER))

        [stray] = await shown(world.dana)
        assert [text.body for text in stray.texts] == ["And one more thing"]


class TestMakePatient:
    async def test_a_patient_with_that_phone_who_gets_what_they_write_from_now_on(self, world: World) -> None:
        stray = await one(world)

        details = patients.Details(first_name="Nora", date_of_birth=date(1990, 1, 2))
        conversation = await strays.make_patient(stray.id, details, by=world.dana)
        await receive(incoming("It is Nora again", sender=STRANGER))

        patient = await models.Patient.get(id=conversation.patient_id)
        assert patient.incomplete
        assert await said_in(conversation) == ["Is this the clinic?", "It is Nora again"]

    async def test_without_a_name_too(self, world: World) -> None:
        conversation = await strays.make_patient((await one(world)).id, patients.Details(), by=world.dana)

        assert await said_in(conversation) == ["Is this the clinic?"]

    async def test_not_of_a_short_code(self, world: World) -> None:
        await receive(incoming("Your code", sender="PostOffice"))
        [stray] = await shown(world.dana)

        with pytest.raises(Refusal, match="not a phone"):
            await strays.make_patient(stray.id, patients.Details(first_name="Post"), by=world.dana)

        assert len(await shown(world.dana)) == 1


class TestDismissAndReopen:
    async def test_what_is_set_aside_comes_back_whole(self, world: World) -> None:
        stray = await one(world, "Hello", "World")
        for _ in range(2):
            await strays.dismiss(stray.id, by=world.dana)
        assert await shown(world.dana) == []

        for _ in range(2):
            await strays.reopen(stray.texts[1].id, by=world.sam)

        assert await shown(world.dana) == [stray]

    async def test_only_what_was_set_aside_together_comes_back(self, world: World) -> None:
        await strays.dismiss((await one(world, "Long ago")).id, by=world.dana)
        later = await one(world, "Today")
        await strays.dismiss(later.id, by=world.dana)

        await strays.reopen(later.id, by=world.dana)

        assert [text.body for each in await shown(world.dana) for text in each.texts] == ["Today"]


class TestOutsiders:
    @pytest.mark.parametrize(("who", "code"), [("alex", "unknown"), ("robin", "unknown"), ("val", "not_allowed")])
    async def test_may_do_nothing(self, world: World, who: str, code: str) -> None:
        stray, by = await one(world), getattr(world, who)
        acts = (
            lambda: strays.attach(stray.id, world.omar.id, by=by),
            lambda: strays.make_patient(stray.id, patients.Details(), by=by),
            lambda: strays.dismiss(stray.id, by=by),
            lambda: strays.reopen(stray.id, by=by),
        )
        for act in acts:
            with pytest.raises(Refusal) as no:
                await act()
            assert no.value.code == code

        assert await shown(world.dana) == [stray]

    async def test_nobody_attaches_to_another_clinics_patient(self, world: World) -> None:
        stray = await one(world)

        for patient in (world.lena.id, uuid4()):
            with pytest.raises(Refusal) as no:
                await strays.attach(stray.id, patient, by=world.dana)
            assert no.value.code == "unknown"
