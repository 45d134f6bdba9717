"""Texts from the phone of somebody who acts for a patient: theirs, never the patient's, and their wish is asked for."""

from uuid import UUID, uuid4

import msgspec
import pytest

from server import access, models
from server.domain import conversations, keywords, patients, proxies, stray_wishes, strays
from server.domain.keywords import Said
from server.errors import Refusal
from server.models import StopSource, TaskKind
from server.queries import strays as kept
from server.queries import thread, views
from tests.laws.replay import replay_law
from tests.server.domain.test_inbound import FRONT, INES, incoming, receive
from tests.server.domain.test_proxies import ROSA, add, go, write
from tests.server.domain.test_wishes import is_stopped
from tests.world import World

pytestmark = pytest.mark.anyio
ROSAS = "13125550160"
PLEASE = "Please stop texting me"


async def shown(staff: access.Staff) -> views.Stray:
    [stray] = await kept.groups(staff, staff.reads)
    return stray


async def wrote(world: World, *bodies: str, sender: str = ROSAS, to: str = FRONT) -> views.Stray:
    for body in bodies:
        await receive(incoming(body, sender=sender, to=to))
    return await shown(world.dana)


async def said(conversation: models.Conversation) -> list[tuple[str, str]]:
    """Who wrote what on the patient's side, as staff read it."""
    page, _ = await thread.page(conversation.id, None)
    return [(message.sender.name, message.body) for message in page if message.sender.kind == "patient"]


async def refused(code: str, stray: UUID, patient: UUID, by: access.Staff, proxy: UUID | None = None) -> None:
    with pytest.raises(Refusal) as no:
        await strays.attach(stray, patient, by=by, proxy_id=proxy)
    assert no.value.code == code


class TestShown:
    async def test_says_whose_phone_it_is_and_is_in_no_conversation(self, world: World) -> None:
        rosa = await add(world)

        async with replay_law(world.alex, changes=False):
            stray = await wrote(world, "He has a fever")

        [acting] = stray.acting
        assert (acting.proxy, acting.name, acting.patient.id) == (rosa.id, "Rosa Vega (mother of Ines)", world.ines.id)
        assert not stray.may_be_opt_out
        assert await said(world.ines_thread) == []
        assert await kept.groups(world.alex, world.alex.reads) == []

    async def test_names_every_patient_for_whom_that_phone_acts(self, world: World) -> None:
        await add(world)
        await proxies.add(world.omar.id, uuid4(), msgspec.structs.replace(ROSA, relation="other"), by=world.dana)

        stray = await wrote(world, "We are late")

        assert [each.name for each in stray.acting] == ["Rosa Vega (mother of Ines)", "Rosa Vega (acts for Omar)"]

    @pytest.mark.parametrize("why", ["ended", "rests", "other_team", "other_clinic"])
    async def test_says_nothing_of_who_does_not_act_here(self, world: World, why: str) -> None:
        rosa = await add(world)
        if why == "ended":
            await proxies.end(world.ines.id, rosa.id, "custody", by=world.dana)
        elif why == "rests":
            await models.Proxy.filter(id=rosa.id).update(paused_at=rosa.begins_at)
        elif why == "other_team":
            await models.Proxy.filter(id=rosa.id).update(scope=str(world.mercy.teams["Billing"].id))
        else:
            await models.Proxy.filter(id=rosa.id).update(organization_id=world.alex.organization)

        assert (await wrote(world, "Hello")).acting == []

    async def test_who_has_a_phone_of_a_patient_writes_as_that_patient(self, world: World) -> None:
        await add(world, msgspec.structs.replace(ROSA, phone=f"+{INES}"))

        await receive(incoming("See you at 3"))

        assert [body for _, body in await said(world.ines_thread)] == ["See you at 3"]


class TestAttach:
    async def test_keeps_the_words_of_a_proxy_theirs(self, world: World) -> None:
        rosa = await add(world)
        stray = await wrote(world, "He has a fever", "Since Monday")

        async with replay_law(world.dana), replay_law(world.alex, changes=False):
            for _ in range(2):
                await strays.attach(stray.id, world.ines.id, by=world.dana, proxy_id=rosa.id)

        name = "Rosa Vega (mother of Ines)"
        assert await said(world.ines_thread) == [(name, "He has a fever"), (name, "Since Monday")]
        assert {message.proxy_id for message in await models.Message.all()} == {rosa.id}

    @pytest.mark.parametrize("is_over", [False, True])
    async def test_does_so_also_where_the_patient_was_looked_up(self, world: World, *, is_over: bool) -> None:
        rosa = await add(world)
        stray = await wrote(world, "He has a fever")
        if is_over:
            await proxies.end(world.ines.id, rosa.id, "custody", by=world.dana)

        await strays.attach(stray.id, world.ines.id, by=world.dana)

        assert (await models.Message.get()).proxy_id == rosa.id

    async def test_asks_who_of_two_with_one_phone_it_was(self, world: World) -> None:
        await add(world)
        father = await add(world, msgspec.structs.replace(ROSA, name="Luis Vega", relation="father"))
        stray = await wrote(world, "He has a fever")

        await refused("say_who", stray.id, world.ines.id, world.dana)
        await strays.attach(stray.id, world.ines.id, by=world.dana, proxy_id=father.id)

        assert [name for name, _ in await said(world.ines_thread)] == ["Luis Vega (father of Ines)"]

    async def test_to_another_patient_they_are_that_patients(self, world: World) -> None:
        rosa = await add(world)
        stray = await wrote(world, "It is Omar, I borrowed a phone")

        await refused("unknown", stray.id, world.omar.id, world.dana, rosa.id)
        await strays.attach(stray.id, world.omar.id, by=world.dana)

        assert (await models.Message.get()).proxy_id is None

    async def test_names_nobody_whose_phone_is_another(self, world: World) -> None:
        rosa = await add(world)
        stray = await wrote(world, "Hello", sender="13125559999")

        await refused("unknown", stray.id, world.ines.id, world.dana, rosa.id)
        await refused("unknown", stray.id, world.ines.id, world.alex, rosa.id)


class TestWish:
    @pytest.mark.parametrize("words", [PLEASE, "no more texts please", "You have the wrong number, stop texting me"])
    async def test_asks_a_person_beside_the_text(self, world: World, words: str) -> None:
        await add(world)
        assert keywords.read(words) in (Said.MAYBE_STOP, Said.WRONG_NUMBER)

        stray = await wrote(world, words)

        assert stray.may_be_opt_out
        assert not await is_stopped(world, ROSAS)
        assert not await models.Task.filter(kind=TaskKind.MAYBE_OPT_OUT).exists()

    async def test_stop_ends_texts_to_that_phone_from_that_number_and_to_no_other(self, world: World) -> None:
        await add(world)
        stray = await wrote(world, PLEASE)
        await write(world)

        for _ in range(2):
            await stray_wishes.decide(stray.id, "stop_texts", by=world.dana)

        assert [await is_stopped(world, phone) for phone in (ROSAS, INES)] == [True, False]
        assert not await is_stopped(world, ROSAS, team="Billing")
        [line] = await models.OptOut.all()
        assert (line.source, line.by_id, line.stops) == (StopSource.STAFF, world.dana.user, True)
        assert await go() == ["opted_out"]
        assert not (await shown(world.dana)).may_be_opt_out

    async def test_keep_changes_nothing_but_that_it_was_answered(self, world: World) -> None:
        await add(world)
        stray = await wrote(world, PLEASE)

        await stray_wishes.decide(stray.id, "keep_texts", by=world.dana)
        await stray_wishes.decide(stray.id, "stop_texts", by=world.sam)

        assert not await is_stopped(world, ROSAS)
        assert not (await shown(world.dana)).may_be_opt_out
        assert (await wrote(world, PLEASE)).may_be_opt_out

    async def test_is_answered_before_the_texts_leave_the_list(self, world: World) -> None:
        await add(world)
        stray = await wrote(world, PLEASE)

        await refused("undecided_wish", stray.id, world.ines.id, world.dana)
        for act in (strays.dismiss(stray.id, by=world.dana), strays.make_patient(stray.id, NORA, by=world.dana)):
            with pytest.raises(Refusal) as no:
                await act
            assert no.value.code == "undecided_wish"
        await stray_wishes.decide(stray.id, "stop_texts", by=world.dana)
        await strays.attach(stray.id, world.ines.id, by=world.dana)

        assert [body for _, body in await said(world.ines_thread)] == [PLEASE]

    async def test_is_decided_by_members_of_the_team_alone(self, world: World) -> None:
        await add(world)
        stray = await wrote(world, PLEASE)

        for staff, code in ((world.alex, "unknown"), (world.robin, "unknown"), (world.val, "not_allowed")):
            with pytest.raises(Refusal) as no:
                await stray_wishes.decide(stray.id, "stop_texts", by=staff)
            assert no.value.code == code
        with pytest.raises(Refusal) as no:
            await stray_wishes.decide(stray.id, "called", by=world.dana)
        assert no.value.code == "no_outcome"
        assert not await is_stopped(world, ROSAS)

    async def test_is_the_phones_also_while_their_access_rests(self, world: World) -> None:
        rosa = await add(world)
        await models.Proxy.filter(id=rosa.id).update(paused_at=rosa.begins_at)

        stray = await wrote(world, PLEASE)

        assert (stray.may_be_opt_out, stray.acting) == (True, [])

    @pytest.mark.parametrize("whose", ["nobody", "ended", "other_clinic"])
    async def test_of_whom_we_do_not_write_to_is_not_asked(self, world: World, whose: str) -> None:
        rosa = await add(world)
        if whose == "nobody":
            await models.Proxy.filter(id=rosa.id).update(phone_index=None)
        elif whose == "ended":
            await proxies.end(world.ines.id, rosa.id, "asked", by=world.dana)
        else:
            await models.Proxy.filter(id=rosa.id).update(organization_id=world.alex.organization)

        stray = await wrote(world, PLEASE)
        await strays.dismiss(stray.id, by=world.dana)

        assert not stray.may_be_opt_out

    async def test_of_a_stopped_phone_is_not_asked(self, world: World) -> None:
        await add(world)
        await receive(incoming("STOP", sender=ROSAS))

        assert not (await wrote(world, PLEASE)).may_be_opt_out
        assert await is_stopped(world, ROSAS)

    async def test_of_a_phone_that_patients_share_stays_a_task_of_theirs(self, world: World) -> None:
        await add(world)
        for name in ("Leo", "Lia"):
            born = await patients.create(patients.Details(first_name=name, phone=f"+{ROSAS}"), by=world.dana)
            await conversations.open_with(born.id, world.mercy.teams["Front desk"].id, by=world.dana)

        stray = await wrote(world, PLEASE)

        assert await models.Task.filter(kind=TaskKind.MAYBE_OPT_OUT, current=True).count() == 2
        assert not stray.may_be_opt_out


NORA = patients.Details(first_name="Nora")
