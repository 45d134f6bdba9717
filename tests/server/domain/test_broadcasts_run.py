"""Broadcasts beside what people write meanwhile, what is told of them, and what always adds up."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest

from server import clock, models
from server.domain import broadcasts, conversations, jobs, messages, patients, sending
from server.errors import Refusal
from server.models import State, Via
from server.queries import broadcasts as queries
from server.queries.broadcast_views import Filter
from tests.refusing import refused
from tests.server.domain.casting import again, begun, more_patients, said, states, work
from tests.server.domain.sending.posting import ACCEPTED, post
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio


class TestBesideOthers:
    async def test_what_one_person_writes_leaves_before_the_backlog(self, world: World) -> None:
        people = await more_patients(world, 30)
        await begun(world, said(Filter(ours=False)))
        for _ in range(3):
            await models.Work.filter(kind=broadcasts.KIND, done_at=None).update(next_at=clock.now())
            [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
            await broadcasts.carry(job)
        waiting = await models.Delivery.filter(purpose="broadcast", state=State.WAITING).count()
        thread, _ = await conversations.open_with(people[0].id, world.ines_thread.team_id, by=world.dana)
        typed = await post(world, to=world.ines_thread)
        other, _ = await messages.post(thread.id, key="t", via=Via.SECURE_SMS, body="Hello", by=world.sam)

        [first, second] = await sending.claim(2, lane=sending.Lane.TEXTS)

        theirs = await models.Delivery.get(message_id=other)
        assert waiting > 2
        assert {first.ref, second.ref} == {typed.delivery, theirs.id}

    async def test_the_backlog_waits_among_the_recipients_and_not_among_the_letters(self, world: World) -> None:
        await models.PhoneNumber.all().update(per_minute=60)
        await more_patients(world, 30)
        row = await begun(world, said(Filter(ours=False)))
        for _ in range(40):
            await models.Work.filter(kind=broadcasts.KIND, done_at=None).update(next_at=clock.now())
            [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
            await broadcasts.carry(job)

        assert await models.Delivery.filter(state=State.WAITING).count() <= 2
        assert (await states(row))["waiting"] >= 30

    async def test_never_takes_all_that_the_number_may_send(self, world: World) -> None:
        await models.PhoneNumber.all().update(per_minute=20)
        await more_patients(world, 30)
        row = await begun(world, said(Filter(ours=False)))
        for _ in range(60):
            await models.Work.filter(kind=broadcasts.KIND, done_at=None).update(next_at=clock.now())
            [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
            await broadcasts.carry(job)
            for claimed in await sending.claim(9, lane=sending.Lane.TEXTS):
                await sending.settle(claimed, ACCEPTED)

        assert (await states(row))["posted"] == 15

    async def test_counts_against_no_minute_of_what_people_write(self, world: World) -> None:
        row = await begun(world)
        await work()

        spent = {each.name for each in await models.Budget.all()}
        assert await states(row) == {"posted": 2}
        # The minute and the day of each patient, the clinic's day, and that somebody asked for the check.
        assert len(spent) == 2 * 2 + 1 + 1


class TestReport:
    async def test_shows_each_and_tells_the_funnel(self, world: World) -> None:
        row = await begun(world)
        await work()
        await messages.reply(world.omar_thread.id, patient_id=world.omar.id, key="a", body="I will come")

        page = await queries.recipients(await again(row), state=None)
        told = {each.name: (each.state, each.delivery, bool(each.replied_at)) for each in page.recipients}
        assert told == {"Ines Calderon": ("posted", "sent", False), "Omar Haddad": ("posted", "sent", True)}
        funnel = (await queries.detail(row.id, world.val)).funnel
        assert (funnel.sent, funnel.delivered, funnel.viewed, funnel.replied) == (2, 0, 0, 1)

    async def test_is_saved_by_members_who_proved_who_they_are_as_no_formula(self, world: World) -> None:
        await patients.change(world.omar.id, patients.Details(first_name="=HYPERLINK(1)"), by=world.dana)
        row = await begun(world)
        await work()

        assert await refused(broadcasts.note_report(row.id, by=world.val)) == "not_allowed"
        assert await refused(broadcasts.note_report(row.id, by=world.alex)) == "unknown"
        text = (await queries.report(await broadcasts.note_report(row.id, by=world.dana))).decode("utf-8-sig")
        lines = text.splitlines()
        assert len(lines) == 3
        assert "'=HYPERLINK(1) Haddad" in text
        assert await models.AuditEntry.filter(did="broadcast:exported", about_id=row.id).count() == 1
        clock.shift(timedelta(minutes=20))
        assert await refused(broadcasts.note_report(row.id, by=world.dana)) == "prove_again"


class TestTryingAgain:
    async def test_goes_once_more_to_those_whom_nothing_reached(self, world: World) -> None:
        row = await begun(world)
        for _ in range(2):
            await _bite()
        [ines, omar] = sorted(await sending.claim(9, lane=sending.Lane.TEXTS), key=lambda each: each.due_at)
        await sending.settle(ines, sending.Fate("refused", "bad_number"))
        await sending.settle(omar, ACCEPTED)
        await _bite()
        assert await refused(broadcasts.retry(row.id, by=world.val)) == "not_allowed"

        await broadcasts.retry(row.id, by=world.dana)
        assert await states(row) == {"posted": 1, "waiting": 1}
        await work()

        assert await states(row) == {"posted": 2}
        assert await models.Message.all().count() == 2
        sent = await models.Delivery.all().values_list("state", "retried")
        assert sorted(sent) == [(State.FAILED, True), (State.SENT, False), (State.SENT, False)]
        assert await refused(broadcasts.retry(row.id, by=world.dana)) == "nothing_to_retry"


async def _bite() -> None:
    await models.Work.filter(kind=broadcasts.KIND, done_at=None).update(next_at=clock.now())
    [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
    await broadcasts.carry(job)


class TestTheSum:
    @pytest.mark.parametrize("seed", range(3))
    async def test_of_the_states_is_the_audience_whatever_happens(self, world: World, seed: int) -> None:
        chance = random.Random(seed)
        await more_patients(world, 10)
        row = await begun(world, said(Filter(ours=False)))
        for _ in range(12):
            act = chance.choice([work, broadcasts.pause, broadcasts.resume, broadcasts.resume, "stop", "opt out"])
            with suppress(Refusal):
                if act is work:
                    await work(chance.randint(1, 3))
                elif act == "opt out":
                    await receive(incoming("STOP", sender=f"1312556{chance.randrange(10):04}"))
                elif act == "stop":
                    await (broadcasts.stop(row.id, by=world.dana) if chance.random() < 0.2 else work(1))
                elif callable(act):
                    await act(row.id, by=world.dana)
            await states(row)
        posted = await models.BroadcastRecipient.filter(broadcast_id=row.id, state="posted").count()
        recalled = await models.Message.filter(recalled_at__isnull=False).count()
        written = await models.Message.filter(broadcast_id=row.id, user_id__isnull=False).count()
        assert written == posted + recalled
