"""A snooze: out of the way until a time or the patient's next words, and nothing is forgotten."""

from datetime import timedelta

import pytest

from server import access, clock, models
from server.domain import conversations, jobs, messages, snoozes
from server.errors import Refusal
from server.models import Via
from server.queries import events, inbox, views
from tests.laws.replay import replay_law
from tests.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def _ask(world: World, key: str = "p") -> None:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body="Is it ready?")


async def _snooze(world: World, *, by: access.Staff | None = None, ahead: timedelta = 2 * HOUR) -> None:
    await snoozes.snooze(world.ines_thread.id, clock.now() + ahead, by=by or world.dana)


async def _snooze_for_reply(world: World) -> None:
    await snoozes.snooze(world.ines_thread.id, clock.now() + 30 * DAY, by=world.dana, for_reply=True)


async def _now(world: World) -> models.Conversation:
    return await models.Conversation.get(id=world.ines_thread.id)


async def _work() -> None:
    for job in await jobs.claim(9, kinds=[snoozes.WAKE]):
        await snoozes.wake_due(job)


async def _in(world: World, view: views.View) -> int:
    page = await inbox.page(world.dana, None, view, None)
    assert page.counts[view] == len(page.rows)
    return len(page.rows)


async def _lines(world: World) -> list[tuple[str, str | None, str | None]]:
    kept = await events.beside(world.ines_thread.id, [], before=None, is_first=True)
    return [(each.kind, each.by.name if each.by else None, each.why) for each in kept]


class TestSnooze:
    async def test_is_out_of_the_way_and_back_at_its_time_with_the_same_wait(self, world: World) -> None:
        await _ask(world)
        since = (await _now(world)).needs_reply_since
        await _snooze(world)
        assert [await _in(world, view) for view in ("needs_reply", "unassigned", "snoozed", "open")] == [0, 0, 1, 2]

        clock.shift(HOUR)
        await _work()
        assert await _in(world, "snoozed") == 1
        clock.shift(2.1 * HOUR)
        await _work()

        assert [await _in(world, view) for view in ("needs_reply", "snoozed")] == [1, 0]
        assert (await _now(world)).needs_reply_since == since
        assert await _lines(world) == [("snoozed", "Dana Reyes", None), ("woke", None, "time")]

    async def test_is_over_when_the_patient_writes(self, world: World) -> None:
        await _snooze(world)
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="It is coming", by=world.dana)
        assert await _in(world, "snoozed") == 1

        await _ask(world)

        assert [await _in(world, view) for view in ("needs_reply", "snoozed")] == [1, 0]
        assert (await _lines(world))[-1] == ("woke", None, "patient_wrote")
        clock.shift(3 * HOUR)
        await _work()
        assert len(await _lines(world)) == 2

    async def test_another_time_takes_the_place_of_the_first(self, world: World) -> None:
        await _snooze(world)
        await _snooze(world, ahead=4 * HOUR)

        clock.shift(3 * HOUR)
        await _work()
        assert await _in(world, "snoozed") == 1
        clock.shift(5 * HOUR)
        await _work()
        assert await _in(world, "snoozed") == 0

    async def test_is_ended_by_a_colleague_or_by_done(self, world: World) -> None:
        await _snooze(world)
        await snoozes.wake(world.ines_thread.id, by=world.sam)
        assert (await _lines(world))[-1] == ("woke", "Sam Okafor", None)

        await _snooze(world)
        await conversations.mark_done(world.ines_thread.id, by=world.dana)
        await conversations.reopen(world.ines_thread.id, by=world.dana)
        assert (await _now(world)).snoozed_until is None

    async def test_refuses_the_past_a_far_future_and_what_is_done(self, world: World) -> None:
        await conversations.mark_done(world.omar_thread.id, by=world.dana)
        asked = ((world.ines_thread, -HOUR), (world.ines_thread, timedelta(days=400)), (world.omar_thread, HOUR))
        for thread, ahead in asked:
            with pytest.raises(Refusal) as refusal:
                await snoozes.snooze(thread.id, clock.now() + ahead, by=world.dana)
            assert refusal.value.code == ("conversation_closed" if thread is world.omar_thread else "not_in_future")

    async def test_is_for_members_only(self, world: World) -> None:
        for staff, code in ((world.val, "not_allowed"), (world.robin, "unknown")):
            with pytest.raises(Refusal) as refusal:
                await _snooze(world, by=staff)
            assert refusal.value.code == code


class TestForAReply:
    async def test_says_so_and_ends_when_the_patient_writes(self, world: World) -> None:
        async with replay_law(world.sam):
            await _snooze_for_reply(world)
        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        assert (row.snoozed_for_reply, await _in(world, "snoozed")) == (True, 1)

        async with replay_law(world.sam):
            await _ask(world)

        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        assert (row.snoozed_until, row.snoozed_for_reply, await _in(world, "needs_reply")) == (None, False, 1)
        assert await _lines(world) == [("snoozed", "Dana Reyes", "reply"), ("woke", None, "patient_wrote")]

    async def test_is_back_at_its_latest_time_where_nobody_answers(self, world: World) -> None:
        await _snooze_for_reply(world)
        clock.shift(30 * DAY + HOUR)

        await _work()

        assert (await _now(world)).snoozed_until is None
        assert await _in(world, "snoozed") == 0

    async def test_is_no_longer_said_of_a_later_snooze(self, world: World) -> None:
        until = clock.now() + 30 * DAY
        await snoozes.snooze(world.ines_thread.id, until, by=world.dana, for_reply=True)
        await snoozes.wake(world.ines_thread.id, by=world.dana)

        await snoozes.snooze(world.ines_thread.id, until, by=world.sam)

        assert not (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].snoozed_for_reply
