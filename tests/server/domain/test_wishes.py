"""STOP, START, HELP, and what only a person can judge: heard in the texts that come in."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from server import clock, keys, models
from server.db import transaction
from server.domain import conversations, keywords, messages, opt_outs, patients, proxies, stops
from server.domain.keywords import Said
from server.domain.sending import letters
from server.errors import Refusal
from server.models import OptOutMode, State, StopSource, TaskKind, Via
from server.queries import contacts
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import post
from tests.server.domain.test_inbound import BILLING, FRONT, INES, incoming, receive, said_in
from tests.server.domain.test_proxies import ROSA, add, go, write
from tests.world import World

pytestmark = pytest.mark.anyio
STRANGER = "13125559999"
STOPS = sorted(word for word, said in keywords.KEYWORDS.items() if said is Said.STOP)
STARTS = sorted(word for word, said in keywords.KEYWORDS.items() if said is Said.START)


def front(world: World) -> models.PhoneNumber:
    return world.mercy.numbers["Front desk"]


async def is_stopped(world: World, phone: str = INES, team: str = "Front desk") -> bool:
    ring = await keys.of(world.mercy.organization.id)
    index = ring.blind("phone", f"+{phone}")
    return await contacts.is_stopped(index, world.mercy.numbers[team].id) is not None


async def answers() -> list[str]:
    return [row.kind for row in await models.Work.all().order_by("created_at")]


async def open_tasks() -> list[TaskKind]:
    return [task.kind for task in await models.Task.filter(current=True).order_by("created_at")]


@pytest.fixture(params=list(OptOutMode))
async def mode(request: pytest.FixtureRequest, world: World) -> OptOutMode:
    chosen = OptOutMode(request.param)
    await models.PhoneNumber.all().update(opt_outs=chosen)
    return chosen


class TestStop:
    async def test_each_word_stops_in_either_mode_and_only_ours_is_answered(
        self, world: World, mode: OptOutMode
    ) -> None:
        for nth, word in enumerate(STOPS):
            phone = f"1312555{2000 + nth}"
            await receive(incoming(f" {word.upper()}! ", sender=phone))
            assert await is_stopped(world, phone), word

        assert await answers() == (["opt_out_done"] * len(STOPS) if mode is OptOutMode.OURS else [])

    async def test_stays_a_message(self, world: World) -> None:
        async with replay_law(world.dana):
            await receive(incoming("STOP"))

        assert await said_in(world.ines_thread) == ["STOP"]

    async def test_holds_for_that_number_of_ours_only(self, world: World) -> None:
        await receive(incoming("STOP"))

        assert await is_stopped(world)
        assert not await is_stopped(world, team="Billing")

    async def test_again_changes_nothing_and_is_answered_once(self, world: World) -> None:
        for _ in range(3):
            await receive(incoming("STOP"))

        assert await models.OptOut.all().count() == await models.Suppression.all().count() == 1
        assert await answers() == ["opt_out_done"]

    async def test_at_once_from_two_sides_is_kept_once(self, world: World) -> None:
        await asyncio.gather(*(receive(incoming("STOP", sender=STRANGER)) for _ in range(4)))

        assert await models.OptOut.all().count() == 1
        assert await answers() == ["opt_out_done"]

    async def test_of_a_stranger_counts_too(self, world: World) -> None:
        await receive(incoming("STOP", sender=STRANGER))

        assert await is_stopped(world, STRANGER)
        assert await models.Stray.all().count() == 1

    async def test_keeps_the_words_sealed_and_nobodys_phone(self, world: World) -> None:
        await receive(incoming("Stop!!"))

        [line], [work] = await models.OptOut.all(), await models.Work.all()
        ring = await keys.of(world.mercy.organization.id)
        assert ring.open("opt_out", "words", line.id, line.words_sealed or b"") == "Stop!!"
        assert line.source is StopSource.KEYWORD
        assert "5550142" not in work.data

    async def test_lets_what_waits_fail_and_says_so(self, world: World) -> None:
        posted = await post(world)
        other = await post(world, to=world.omar_thread)

        async with replay_law(world.dana):
            await receive(incoming("STOP"))

        row = await posted.row()
        assert (row.state, row.reason) == (State.FAILED, "opted_out")
        assert await other.state() is State.WAITING
        assert (await models.Conversation.get(id=world.ines_thread.id)).trouble == "failed"

    async def test_stops_everybody_who_shares_the_phone(self, world: World) -> None:
        details = patients.Details(first_name="Leo", phone="+13125550142")
        leo = await patients.create(details, by=world.dana)
        thread, _ = await conversations.open_with(leo.id, front(world).team_id, by=world.dana)
        posted = await post(world, to=thread)

        await receive(incoming("STOP"))

        assert await posted.state() is State.FAILED

    async def test_leaves_mails_alone(self, world: World) -> None:
        mail = await post(world, Via.SECURE_EMAIL)

        await receive(incoming("STOP"))

        assert await mail.state() is State.WAITING

    async def test_makes_a_wish_that_staff_wrote_down_the_patients_own(self, world: World) -> None:
        phone = str(world.ines.phone_index)
        async with transaction() as tx:
            await opt_outs.record(
                tx,
                opt_outs.Wish(
                    organization=world.mercy.organization.id,
                    contact_index=phone,
                    sender_id=front(world).id,
                    source=StopSource.STAFF,
                ),
            )
        await receive(incoming("STOP"))

        assert (await models.Suppression.get()).source is StopSource.KEYWORD
        assert await models.OptOut.all().count() == 2


class TestStart:
    async def test_each_word_starts_again_in_either_mode(self, world: World, mode: OptOutMode) -> None:
        for nth, word in enumerate([*STARTS, "yes", "sí"]):
            phone = f"1312555{2000 + nth}"
            await receive(incoming("STOP", sender=phone))
            await receive(incoming(word, sender=phone))
            assert not await is_stopped(world, phone), word

        assert len(await answers()) == (2 * (len(STARTS) + 2) if mode is OptOutMode.OURS else 0)

    async def test_where_nothing_is_stopped_does_nothing(self, world: World) -> None:
        for word in ("START", "YES"):
            await receive(incoming(word))

        assert await models.OptOut.all().count() == 0
        assert await answers() == []

    async def test_is_on_the_ledger_beside_the_stop(self, world: World) -> None:
        async with replay_law(world.dana):
            await receive(incoming("STOP"))
            await receive(incoming("START"))

        assert [line.stops for line in await models.OptOut.all().order_by("created_at")] == [True, False]
        assert await models.Suppression.all().count() == 0

    async def test_machines_that_answer_each_other_come_to_an_end(self, world: World) -> None:
        for _ in range(20):
            await receive(incoming("STOP"))
            await receive(incoming("START"))

        assert len(await answers()) == 10


class TestHelp:
    async def test_is_answered_once_a_day(self, world: World) -> None:
        for word in ("HELP", "info", "Ayuda"):
            await receive(incoming(word))
        assert await answers() == ["help"]

        clock.shift(timedelta(hours=25))
        try:
            await receive(incoming("HELP"))
        finally:
            clock.shift(timedelta())
        assert await answers() == ["help", "help"]

    async def test_is_left_to_a_carrier_that_answers(self, world: World) -> None:
        await models.PhoneNumber.all().update(opt_outs=OptOutMode.ASSIST)

        await receive(incoming("HELP"))

        assert await answers() == []


class TestOtherWords:
    async def test_ask_a_person(self, world: World) -> None:
        async with replay_law(world.dana):
            await receive(incoming("Please stop texting me"))

        [task] = await models.Task.all()
        assert (task.kind, task.number, task.conversation_id) == (TaskKind.MAYBE_OPT_OUT, 1, world.ines_thread.id)
        assert not await is_stopped(world)
        assert (await models.Conversation.get(id=world.ines_thread.id)).open_tasks == 1

    async def test_ask_once_while_nobody_has_answered(self, world: World) -> None:
        for _ in range(3):
            await receive(incoming("no more texts"))

        assert await open_tasks() == [TaskKind.MAYBE_OPT_OUT]

    async def test_of_a_stranger_pause_the_phone(self, world: World) -> None:
        async with replay_law(world.dana):
            await receive(incoming("You have the wrong number, stop texting me"))

        contact = await models.Contact.get(index=world.ines.phone_index)
        assert contact.paused_at is not None
        assert set(await open_tasks()) == {TaskKind.WRONG_NUMBER, TaskKind.MAYBE_OPT_OUT}

    async def test_of_a_stranger_end_every_link_that_went_there_and_no_other(self, world: World) -> None:
        await post(world, Via.SECURE_SMS)
        await post(world, Via.SECURE_EMAIL)

        await receive(incoming("Wrong number"))

        links = await models.PortalLink.filter(patient_id=world.ines.id)
        assert {link.contact_index: link.revoked_at is not None for link in links} == {
            world.ines.phone_index: True,
            world.ines.email_index: False,
        }

    async def test_of_a_stranger_on_a_proxys_phone_pause_it_and_ask_a_person(self, world: World) -> None:
        proxy = await add(world, msgspec.structs.replace(ROSA, phone=f"+{STRANGER}"))
        await write(world)
        assert len(await go()) == 1

        async with replay_law(world.dana):
            await receive(incoming("Wrong number", sender=STRANGER))

        assert await open_tasks() == [TaskKind.PROXY_UNREACHED]
        assert (await models.Proxy.get(id=proxy.id)).trouble == "paused"
        assert not await models.Contact.filter(index=world.ines.phone_index, paused_at__not_isnull=True).exists()
        clock.shift(timedelta(minutes=2))
        await write(world, "And on Tuesday")
        assert await go() == ["paused"]

        await proxies.restore(world.ines.id, proxy.id, by=world.dana)
        clock.shift(timedelta(minutes=4))
        await write(world, "And on Wednesday")
        assert [type(each) for each in await go()] == [letters.Text]

    async def test_of_a_stranger_on_the_phone_of_an_ended_proxy_stay_with_the_strays(self, world: World) -> None:
        proxy = await add(world, msgspec.structs.replace(ROSA, phone=f"+{STRANGER}"))
        await write(world)
        await go()
        await proxies.end(world.ines.id, proxy.id, "asked", by=world.dana)

        await receive(incoming("Wrong number", sender=STRANGER))

        assert await open_tasks() == []

    async def test_of_nobodys_phone_stay_with_the_strays(self, world: World) -> None:
        await receive(incoming("wrong number", sender=STRANGER))

        assert await open_tasks() == []
        assert await models.Contact.all().count() == 0

    async def test_say_nothing_to_another_team_or_clinic(self, world: World) -> None:
        async with replay_law(world.alex, changes=False):
            await receive(incoming("STOP"))
            await receive(incoming("wrong number"))
        async with replay_law(world.robin, changes=False):
            await receive(incoming("Please stop texting me"))


class TestWrittenElsewhere:
    @pytest.mark.parametrize("via", [Via.PORTAL, Via.EMAIL])
    async def test_asks_a_person(self, world: World, via: Via) -> None:
        async with replay_law(world.dana), replay_law(world.robin, changes=False):
            await say(world, "Thank you. Please stop texting me at work.", via=via)

        [task] = await models.Task.all()
        assert (task.kind, task.number) == (TaskKind.MAYBE_OPT_OUT, 1)
        assert not await is_stopped(world)

    async def test_a_word_that_means_one_thing_asks_a_person_in_the_portal(self, world: World) -> None:
        await say(world, "STOP!")

        assert await open_tasks() == [TaskKind.MAYBE_OPT_OUT]

    @pytest.mark.parametrize("text", ["Cancel", "End", "Yes", "Should I stop the pills?", "No, remove it please"])
    async def test_leaves_other_matters_alone(self, world: World, text: str) -> None:
        await say(world, text)

        assert await open_tasks() == []

    async def test_of_who_acts_for_the_patient_says_nothing_of_the_patients_phone(self, world: World) -> None:
        proxy = await add(world)

        await say(world, "Please stop texting me", proxy=proxy.id)

        assert await open_tasks() == []


async def say(world: World, text: str, *, via: Via = Via.PORTAL, proxy: UUID | None = None) -> None:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, proxy_id=proxy, key="said", body=text, via=via)


async def test_a_text_to_another_team_stops_that_teams_number(world: World) -> None:
    await receive(incoming("STOP", to=BILLING))

    assert await is_stopped(world, team="Billing")
    assert not await is_stopped(world)


async def test_wishes_from_every_side_at_once_come_to_an_end(world: World) -> None:
    """Staff, both numbers and the carrier at the same moment: nobody waits for each other for ever."""
    await post(world)
    wishes: list[Awaitable[object]] = [
        receive(incoming(word, to=to)) for to in (BILLING, FRONT) for word in ("STOP", "START", "STOP")
    ]
    team = world.mercy.teams["Front desk"].id
    wishes += [
        act(world.ines.id, is_mail=is_mail, team_id=team, said="She said so", by=world.dana)
        for act in (stops.write_down, stops.take_back)
        for is_mail in (False, True)
    ]

    done = await asyncio.gather(*wishes, return_exceptions=True)

    assert [each for each in done if isinstance(each, Exception) and not isinstance(each, Refusal)] == []
