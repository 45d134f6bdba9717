"""One clock for a patient's question: nothing but an answer, or done with a reason, stops it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from server import clock, models
from server.domain import assignments, claims, conversations, handovers, messages, priorities, recalls, snoozes
from server.models import Via
from tests.world import World


async def _ask(world: World, key: str = "p1") -> datetime:
    """The patient writes; when it was."""
    said, _ = await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body="Is it ready?")
    return (await models.Message.get(id=said)).created_at


async def _since(world: World) -> datetime | None:
    return (await models.Conversation.get(id=world.ines_thread.id)).needs_reply_since


async def _answer(world: World, key: str = "k1") -> UUID:
    posted, _ = await messages.post(world.ines_thread.id, key=key, via=Via.SECURE_SMS, body="Yes", by=world.dana)
    return posted


async def _done(world: World, why: str | None = "not_needed") -> None:
    await conversations.mark_done(world.ines_thread.id, by=world.dana, why=why)


async def _reopen(world: World) -> None:
    await conversations.reopen(world.ines_thread.id, by=world.sam)


async def _again(world: World) -> None:
    await _ask(world, "p2")


async def _assign(world: World) -> None:
    await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)


async def _claim(world: World) -> None:
    await claims.claim(world.ines_thread.id, by=world.sam)


async def _hand_over(world: World) -> None:
    await handovers.hand_over(world.ines_thread.id, None, key="h", body="Please look", by=world.dana)


async def _snooze(world: World) -> None:
    await snoozes.snooze(world.ines_thread.id, clock.now() + timedelta(hours=2), by=world.dana)


async def _wake(world: World) -> None:
    await _snooze(world)
    await snoozes.wake(world.ines_thread.id, by=world.sam)


async def _mark(world: World) -> None:
    await priorities.mark(world.ines_thread.id, is_priority=True, by=world.dana)


async def _done_and_undone(world: World) -> None:
    await _done(world)
    await _reopen(world)


@pytest.mark.parametrize(
    "act", [_again, _assign, _claim, _hand_over, _snooze, _wake, _mark, _done_and_undone], ids=lambda act: act.__name__
)
async def test_the_clock_goes_on_from_the_first_words(world: World, act: Callable[[World], Awaitable[None]]) -> None:
    asked = await _ask(world)

    await act(world)

    assert await _since(world) == asked


class TestAnAnswer:
    async def test_stops_it_and_the_next_words_begin_another(self, world: World) -> None:
        await _ask(world)
        await _answer(world)
        assert await _since(world) is None

        assert await _ask(world, "p2") == await _since(world)

    async def test_that_is_taken_back_lets_it_go_on(self, world: World) -> None:
        asked = await _ask(world)
        message = await _answer(world)
        await _ask(world, "p2")

        await recalls.recall(message, by=world.dana)

        assert await _since(world) == asked

    async def test_that_is_taken_back_does_not_bring_back_what_was_done_before(self, world: World) -> None:
        await _ask(world)
        await _done(world, "by_phone")
        second = await _ask(world, "p2")
        message = await _answer(world)

        await recalls.recall(message, by=world.dana)

        assert await _since(world) == second

    async def test_before_a_done_without_a_reason_settled_it_alone(self, world: World) -> None:
        asked = await _ask(world)
        message = await _answer(world)
        await _done(world, None)
        await _reopen(world)
        assert await _since(world) is None

        await recalls.recall(message, by=world.dana)

        assert await _since(world) == asked


class TestDone:
    async def test_with_a_reason_stops_it(self, world: World) -> None:
        await _ask(world)
        await _done(world)
        assert await _since(world) is None

        assert await _ask(world, "p2") == await _since(world)

    async def test_twice_and_taken_back_twice_changes_nothing(self, world: World) -> None:
        asked = await _ask(world)
        for _ in range(2):
            await _done_and_undone(world)
        assert await _since(world) == asked

    async def test_that_is_taken_back_brings_back_its_own_question_only(self, world: World) -> None:
        await _ask(world)
        await _done(world)
        second = await _ask(world, "p2")
        await _done_and_undone(world)

        assert await _since(world) == second

    async def test_where_nobody_waited_brings_nothing_back(self, world: World) -> None:
        await _ask(world)
        await _answer(world)
        await _done(world, None)
        await _reopen(world)

        assert await _since(world) is None
