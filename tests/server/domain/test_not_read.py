"""Not read after two days: the mark comes with time, and goes with a view, the patient's words or taking back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from server import clock, models
from server import files as storage
from server.domain import conversations, jobs, messages, not_read, recalls, receipts
from server.models import Via
from server.queries import inbox
from tests.server.domain.waiting import reader_of
from tests.world import World

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> Iterator[None]:
    storage.use_folder(tmp_path)
    yield
    clock.shift(timedelta())


async def _write(world: World, key: str = "n", via: Via = Via.SECURE_SMS) -> models.Message:
    written, _ = await messages.post(world.ines_thread.id, key=key, via=via, body="Your form is ready.", by=world.dana)
    return await models.Message.get(id=written)


async def _after(ahead: timedelta) -> None:
    clock.shift(ahead)
    for job in await jobs.claim(9, kinds=[not_read.KIND]):
        await not_read.look(job)


async def _listed(world: World) -> list[str]:
    page = await inbox.page(world.dana, None, "not_read", None)
    assert page.counts["not_read"] == len(page.rows)
    assert [row.not_read_since for row in page.rows] == sorted(
        row.not_read_since for row in page.rows if row.not_read_since
    )
    return [row.patient.name for row in page.rows]


class TestTheMark:
    async def test_comes_after_two_days_and_counts_from_the_message(self, world: World) -> None:
        message = await _write(world)
        await _after(47 * HOUR)
        assert await _listed(world) == []

        await _after(48 * HOUR + timedelta(seconds=5))

        assert await _listed(world) == ["Ines Calderon"]
        assert (await models.Conversation.get(id=world.ines_thread.id)).not_read_since == message.created_at

    async def test_is_seen_by_the_team_and_by_nobody_else(self, world: World) -> None:
        await _write(world)
        await _after(49 * HOUR)

        for stranger in (world.robin, world.alex):
            page = await inbox.page(stranger, None, "not_read", None)
            assert (page.rows, page.counts["not_read"]) == ([], 0)

    async def test_never_comes_for_what_was_read(self, world: World) -> None:
        await _write(world)
        await receipts.mark_shown(9, by=await reader_of(world))
        await _after(49 * HOUR)

        assert await _listed(world) == []
        assert not await jobs.is_open(not_read.KIND, world.ines_thread.id)

    async def test_comes_for_what_was_written_after_that_in_its_own_time(self, world: World) -> None:
        await _write(world)
        await receipts.mark_shown(9, by=await reader_of(world))
        clock.shift(24 * HOUR)
        await _write(world, "later")

        await _after(49 * HOUR)
        assert await _listed(world) == []
        await _after(73 * HOUR)

        assert await _listed(world) == ["Ines Calderon"]


class TestItGoes:
    @pytest.fixture
    async def marked(self, world: World) -> models.Message:
        message = await _write(world)
        await _after(49 * HOUR)
        assert await _listed(world) == ["Ines Calderon"]
        return message

    async def test_with_a_view(self, world: World, marked: models.Message) -> None:
        await receipts.mark_shown(9, by=await reader_of(world))
        assert await _listed(world) == []

    async def test_with_the_patients_words(self, world: World, marked: models.Message) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="a", body="I was away.")
        assert await _listed(world) == []

    async def test_with_taking_it_back(self, world: World, marked: models.Message) -> None:
        await recalls.recall(marked.id, by=world.sam)
        assert await _listed(world) == []

    async def test_and_comes_again_for_the_younger_one_that_is_left(self, world: World, marked: models.Message) -> None:
        await _write(world, "younger")
        await recalls.recall(marked.id, by=world.dana)
        assert await _listed(world) == []

        await _after(98 * HOUR)

        assert await _listed(world) == ["Ines Calderon"]

    async def test_not_with_more_of_ours(self, world: World, marked: models.Message) -> None:
        await _write(world, "more")
        assert await _listed(world) == ["Ines Calderon"]
        assert (await models.Conversation.get(id=world.ines_thread.id)).not_read_since == marked.created_at

    async def test_from_the_list_where_the_notice_did_not_arrive_or_it_is_done(
        self, world: World, marked: models.Message
    ) -> None:
        await models.Conversation.filter(id=world.ines_thread.id).update(trouble="failed")
        assert await _listed(world) == []
        await models.Conversation.filter(id=world.ines_thread.id).update(trouble=None)
        await conversations.mark_done(world.ines_thread.id, by=world.dana)
        assert await _listed(world) == []
