"""Done: at once where nobody waits, with a reason where the patient's question has no answer here."""

import pytest

from server import models
from server.domain import conversations, messages, priorities
from server.errors import Refusal
from server.queries import events, work_views
from tests.world import World


async def _ask(world: World) -> None:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Is it ready?")


async def _done(world: World, why: str | None = None, said: str = "") -> models.Conversation:
    return await conversations.mark_done(world.ines_thread.id, by=world.dana, why=why, said=said)


async def _lines(world: World) -> list[work_views.WorkEvent]:
    return await events.beside(world.ines_thread.id, [], before=None, is_first=True)


class TestMarkDone:
    async def test_needs_no_reason_where_nobody_waits(self, world: World) -> None:
        assert not (await _done(world)).is_open
        await conversations.reopen(world.ines_thread.id, by=world.sam)

        told = [(each.kind, each.by and each.by.name, each.why) for each in await _lines(world)]
        assert told == [("done", "Dana Reyes", None), ("reopened", "Sam Okafor", None)]

    async def test_asks_why_while_the_patient_waits_and_keeps_it(self, world: World) -> None:
        await _ask(world)
        for why, code in ((None, "reason_needed"), ("nonsense", "reason_needed"), ("other", "empty")):
            with pytest.raises(Refusal) as refusal:
                await _done(world, why)
            assert refusal.value.code == code

        done = await _done(world, "other", " She came to the desk ")

        assert (done.is_open, done.needs_reply_since) == (False, None)
        [line] = await _lines(world)
        assert (line.kind, line.why, line.words) == ("done", "other", "She came to the desk")
        entry = await models.AuditEntry.filter(did="conversation:done").get()
        assert entry.data == '{"why":"other"}'

    async def test_its_words_lie_sealed(self, world: World) -> None:
        await _ask(world)
        await _done(world, "by_phone", "Told her the dose")

        event = await models.Event.get()
        assert event.words_sealed is not None
        assert b"dose" not in event.words_sealed

    async def test_takes_the_priority_off(self, world: World) -> None:
        await priorities.mark(world.ines_thread.id, is_priority=True, by=world.dana)

        assert not (await _done(world)).is_priority
