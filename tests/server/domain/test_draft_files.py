"""Files that were chosen for a message wait with its words, on every screen of their writer and on nobody else's."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from server import access, clock, models
from server import files as storage
from server.domain import drafts, messages, uploads
from server.models import DraftKind, Via
from server.queries import drafts as begun
from server.queries import inbox, opened
from tests.server.domain.sending.posting import post
from tests.server.domain.waiting import reader_of
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    storage.use_folder(tmp_path / "files")


async def marked(by: access.Staff) -> list[UUID]:
    return (await inbox.page(by, None, "open", None)).drafts


async def a_file(world: World, name: str = "lab.txt", *, by: access.Staff | None = None) -> UUID:
    announced = uploads.Announced(f"key of {name}", name, "text/plain", 5)
    kept = await uploads.take_whole(world.ines_thread.id, announced, b"words", by=by or world.dana)
    return kept.id


async def files(world: World, by: access.Staff | None = None) -> list[str]:
    shown = await opened.whole(by or world.dana, world.ines_thread.id, before=None)
    assert shown.files == (await begun.mine(by or world.dana, world.ines_thread.id)).files
    return [each.name for each in shown.files]


class TestFiles:
    async def test_wait_for_their_writer_alone_until_they_are_sent(self, world: World) -> None:
        one, two = await a_file(world), await a_file(world, "form.txt")
        await a_file(world, "other.txt", by=world.sam)

        assert await files(world) == ["lab.txt", "form.txt"]
        assert (await files(world, world.val), await marked(world.dana)) == ([], [world.ines_thread.id])

        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="", files=[one, two], by=world.dana)
        assert (await files(world), await marked(world.dana)) == ([], [])
        assert await files(world, world.sam) == ["other.txt"]

    async def test_that_are_taken_out_or_were_left_for_a_day_are_gone(self, world: World) -> None:
        await uploads.drop(await a_file(world), by=world.dana)
        assert await files(world) == []

        await a_file(world)
        clock.shift(timedelta(days=1, minutes=1))
        await uploads.sweep()
        assert await files(world) == []

    async def test_are_told_to_their_writers_screens_without_their_names(self, world: World) -> None:
        one = await a_file(world)
        await uploads.drop(one, by=world.dana)
        two = await a_file(world)
        await drafts.keep(world.ines_thread.id, DraftKind.MESSAGE, "Dear Ines", by=world.dana)
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="", files=[two], by=world.dana)

        told = await models.FactRecord.filter(kind="draft.changed").order_by("position")
        assert {fact.stream_id for fact in told} == {world.dana.user}
        assert ['"kept":true' in fact.data for fact in told] == [True, False, True, True, False]
        assert "lab" not in str([fact.data for fact in told])

    async def test_of_a_patient_are_told_to_nobody(self, world: World) -> None:
        await post(world)
        reader = await reader_of(world)
        announced = uploads.Announced("p", "mine.txt", "text/plain", 5)
        await uploads.take_whole(reader.conversation, announced, b"words", by=reader)

        assert not await models.FactRecord.filter(kind="draft.changed").exists()
        assert await files(world) == []
