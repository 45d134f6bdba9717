"""What happened to a patient's record stands in their conversations, where it changes what can be written; it stays."""

import pytest

from server import models
from server.db import snapshot
from server.domain import conversations, mail_stops, messages, outcomes, patients, stops, teams
from server.models import ConsentTo, EventKind, TaskKind, Via
from server.queries import event_words, events, transcript
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import post
from tests.server.domain.test_identity_trouble import RIGHT, guess, link, pressed, rests_at_billing, true_clock
from tests.server.domain.test_inbound import BILLING, brother, incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio
__all__ = ["link", "true_clock"]


async def said(conversation: models.Conversation) -> list[str]:
    return [event_words.line_of(each, "America/Chicago") for each in await events.all_of(conversation.id)]


async def at_billing(world: World) -> models.Conversation:
    made, _ = await conversations.open_with(world.ines.id, world.mercy.teams["Billing"].id, by=world.robin)
    return made


class TestTexts:
    async def test_stop_with_the_one_team_whose_number_it_is(self, world: World) -> None:
        billing = await at_billing(world)

        for word in ("STOP", "STOP", "START"):
            async with replay_law(world.dana):
                await receive(incoming(word))

        wanted = ["Texts stopped: asked for by text", "Texts go again: asked for by text"]
        assert await said(world.ines_thread) == wanted
        assert await said(billing) == []

    async def test_stand_right_after_the_words_that_asked_for_it(self, world: World) -> None:
        await post(world)
        await receive(incoming("STOP"))
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_EMAIL, body="And?", by=world.dana)

        [line] = await events.all_of(world.ines_thread.id)
        assert line.number == 2

    async def test_stop_for_everybody_who_shares_the_phone(self, world: World) -> None:
        leos = await brother(world)

        await stops.write_down(
            world.ines.id, is_mail=False, team_id=world.ines_thread.team_id, said="No texts", by=world.dana
        )

        assert await said(leos) == await said(world.ines_thread) == ["Texts stopped, noted by Dana Reyes"]

    async def test_are_said_once_of_a_team_with_several_numbers(self, world: World) -> None:
        await teams.give_number(world.mercy.teams["Front desk"], "+13125550109")

        await stops.write_down(
            world.ines.id, is_mail=False, team_id=world.ines_thread.team_id, said="No texts", by=world.dana
        )

        assert await models.OptOut.all().count() == 2
        assert await said(world.ines_thread) == ["Texts stopped, noted by Dana Reyes"]

    async def test_leave_what_is_done_as_it_is(self, world: World) -> None:
        billing = await at_billing(world)
        await conversations.mark_done(billing.id, by=world.robin)

        async with replay_law(world.robin):
            await stops.write_down(world.ines.id, is_mail=False, team_id=billing.team_id, said="No", by=world.robin)

        assert not (await models.Conversation.get(id=billing.id)).is_open
        assert (await said(billing))[-1] == "Texts stopped, noted by Robin Lee"

    async def test_of_a_stranger_stand_nowhere(self, world: World) -> None:
        await receive(incoming("STOP", sender="13125559999", to=BILLING))

        assert not await models.Event.exists()


async def test_mails_stop_with_every_team(world: World) -> None:
    billing = await at_billing(world)
    posted = await post(world, Via.SECURE_EMAIL)

    async with replay_law(world.robin):
        await mail_stops.stop(posted.delivery)

    assert await said(billing) == await said(world.ines_thread) == ["Mails stopped: asked for by mail"]


async def test_a_consent_is_the_patients_and_stands_with_every_team(world: World) -> None:
    billing = await at_billing(world)

    for _ in range(2):
        await patients.consent(world.ines.id, wording="Yes, text me", by=world.dana)
    await patients.end_consent(world.ines.id, by=world.robin)
    await patients.consent(world.ines.id, wording="Yes", kind=ConsentTo.EMAIL, by=world.dana)

    wanted = [
        "Consent to plain texts given, noted by Dana Reyes",
        "Consent to plain texts withdrawn, noted by Robin Lee",
        "Consent to e-mail given, noted by Dana Reyes",
    ]
    assert await said(billing) == await said(world.ines_thread) == wanted
    assert await said(world.omar_thread) == []


async def test_another_contact_is_said_without_either_of_them(world: World) -> None:
    details = patients.Details(first_name="Inés", phone="312-555-0177", email="new@example.com")
    async with replay_law(world.sam):
        await patients.change(world.ines.id, details, by=world.dana)
    await patients.change(world.ines.id, patients.Details(first_name="Ines"), by=world.dana)

    found = await events.all_of(world.ines_thread.id)
    assert [(each.kind, each.why, each.words) for each in found] == [
        ("contact", "phone", None),
        ("contact", "email", None),
    ]


class TestWhoReads:
    async def test_could_not_prove_it_had_to_pause_and_was_let_try_again(self, world: World, link: str) -> None:
        for _ in range(5):
            await guess(await pressed(link))
        billing = await rests_at_billing(world)
        task = await models.Task.get(kind=TaskKind.IDENTITY, conversation_id=billing.id, current=True)
        async with replay_law(world.dana):
            await outcomes.close(task.id, "unlocked", by=world.robin)

        kinds = [each.kind for each in await events.all_of(world.ines_thread.id)]
        assert kinds == [EventKind.UNPROVEN, EventKind.LOCKED, EventKind.UNLOCKED]
        assert await said(billing) == [
            "Too many wrong tries to prove who reads: a pause began",
            "Robin Lee let the patient try again",
        ]

    async def test_a_slip_of_the_finger_is_no_line(self, world: World, link: str) -> None:
        for _ in range(2):
            await guess(await pressed(link))
        await guess(await pressed(link), RIGHT)

        assert await said(world.ines_thread) == []


async def test_the_chart_has_them_and_the_patients_copy_has_not(world: World) -> None:
    await receive(incoming("STOP"))

    async with snapshot():
        chart = await transcript.content(world.ines_thread.id, for_patient=False)
        own = await transcript.content(world.ines_thread.id, for_patient=True)

    assert [each.line for each in chart.events] == ["Texts stopped: asked for by text"]
    assert own.events == []


async def test_only_those_who_read_the_conversation_hear_of_it(world: World) -> None:
    async with replay_law(world.alex, changes=False), replay_law(world.robin, changes=False):
        await receive(incoming("STOP"))

    [line] = await models.Event.all()
    told = models.FactRecord.filter(data__contains=str(line.id))
    assert await told.values_list("stream_id", flat=True) == [world.ines_thread.team_id]
