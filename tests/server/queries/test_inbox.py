"""The lists of a staff screen: what stands in each, and in which order."""

import pytest

from server import access
from server.domain import assignments, messages, priorities
from server.queries import inbox, views
from tests.world import World


async def _shown(staff: access.Staff, view: views.View) -> list[str]:
    page = await inbox.page(staff, None, view, None)
    assert page.counts.get(view, len(page.rows)) == len(page.rows)
    return [row.patient.name.split()[0] for row in page.rows]


async def _ask(world: World) -> None:
    """Both patients ask; Ines first."""
    for thread, patient in ((world.ines_thread, world.ines), (world.omar_thread, world.omar)):
        await messages.reply(thread.id, patient_id=patient.id, key="p", body="Is it ready?")


class TestWhoseWork:
    async def test_unassigned_is_what_waits_and_is_nobodys(self, world: World) -> None:
        assert await _shown(world.dana, "unassigned") == []
        await _ask(world)
        assert await _shown(world.dana, "unassigned") == ["Ines", "Omar"]

        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)

        assert await _shown(world.dana, "unassigned") == ["Omar"]
        assert await _shown(world.dana, "needs_reply") == ["Ines", "Omar"]

    async def test_mine_is_what_was_given_to_me_and_nobody_elses(self, world: World) -> None:
        for thread in (world.ines_thread, world.omar_thread):
            await assignments.assign(thread.id, world.sam.user, by=world.dana)

        assert sorted(await _shown(world.sam, "mine")) == ["Ines", "Omar"]
        assert await _shown(world.dana, "mine") == []
        assert await _shown(world.val, "mine") == []


class TestPriority:
    async def test_stands_first_where_somebody_waits_on_every_page(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inbox, "PAGE", 1)
        await _ask(world)
        await priorities.mark(world.omar_thread.id, is_priority=True, by=world.dana)

        assert await _pages(world.dana, "needs_reply") == ["Omar", "Ines"]
        assert await _pages(world.dana, "unassigned") == ["Omar", "Ines"]

        await priorities.mark(world.omar_thread.id, is_priority=False, by=world.dana)
        assert await _pages(world.dana, "needs_reply") == ["Ines", "Omar"]
        assert await _pages(world.dana, "open") == ["Omar", "Ines"]


async def _pages(staff: access.Staff, view: views.View) -> list[str]:
    """The whole list, page by page."""
    names, after = [], None
    while True:
        page = await inbox.page(staff, None, view, after)
        names += [row.patient.name.split()[0] for row in page.rows]
        after = page.next
        if after is None:
            return names
