"""The lists of a staff screen: what stands in each, and in which order."""

from datetime import timedelta

import pytest

from server import access, clock, models
from server.domain import assignments, conversations, messages, priorities, snoozes
from server.queries import inbox, me, views
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

    async def test_for_me_counts_what_waits_for_me_or_for_anybody(self, world: World) -> None:
        await _ask(world)
        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)

        pages = [await inbox.page(staff, None, "open", None) for staff in (world.sam, world.dana, world.alex)]

        assert [page.counts["for_me"] for page in pages] == [2, 1, 0]
        assert [page.counts["my_turn"] for page in pages] == [1, 0, 0]


class TestTheTeams:
    async def test_say_what_waits_and_what_this_person_has_not_seen(self, world: World) -> None:
        await _ask(world)
        await conversations.mark_seen(world.ines_thread.id, 1, by=world.dana)
        await snoozes.snooze(world.omar_thread.id, clock.now() + timedelta(days=1), by=world.dana)

        [mine] = (await me.me(world.dana, csrf="c", build="b")).teams
        [theirs] = [team for team in (await me.me(world.val, csrf="c", build="b")).teams if team.id == mine.id]

        assert (mine.needs_reply, mine.unread, theirs.needs_reply, theirs.unread) == (1, 1, 1, 2)
        asked = (await models.Conversation.get(id=world.ines_thread.id)).needs_reply_since
        assert mine.oldest_wait == asked


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
