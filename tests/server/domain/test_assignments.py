"""Whose work a conversation is: a member's of its team, or nobody's."""

import asyncio
from collections.abc import Awaitable
from uuid import UUID, uuid4

import pytest

from server import access, models
from server.domain import assignments, claims, handovers, messages, teams
from server.errors import Refusal
from server.models import EventKind
from server.queries import events, inbox, opened, thread, views
from tests.world import World


async def _assign(world: World, to: UUID | None, *, by: access.Staff | None = None) -> models.Conversation:
    await assignments.assign(world.ines_thread.id, to, by=by or world.dana)
    return await models.Conversation.get(id=world.ines_thread.id)


async def _refused(world: World, to: UUID | None, *, by: access.Staff | None = None) -> str:
    with pytest.raises(Refusal) as refusal:
        await _assign(world, to, by=by)
    return refusal.value.code


class TestAssign:
    async def test_gives_it_to_a_member_and_back_to_nobody(self, world: World) -> None:
        given = await _assign(world, world.sam.user)
        [row] = (await inbox.rows([given.id])).values()
        freed = await _assign(world, None, by=world.sam)

        assert given.assignee_id == world.sam.user
        assert row.assignee is not None
        assert (row.assignee.name, row.assignee.initials) == ("Sam Okafor", "SO")
        assert freed.assignee_id is None

    async def test_stands_in_the_opened_conversation(self, world: World) -> None:
        given = await _assign(world, world.sam.user)

        shown = await opened.whole(world.dana, given.id, before=None)

        assert shown.row == (await inbox.rows([given.id]))[given.id]
        assert shown.row.assignee is not None
        assert [each.kind for each in shown.events] == ["assigned"]

    async def test_leaves_a_line_for_each_change_and_none_for_a_repeat(self, world: World) -> None:
        for to in (world.sam.user, world.sam.user, None):
            await _assign(world, to)

        kept = await events.beside(world.ines_thread.id, [], before=None, is_first=True)
        told = [(each.kind, each.by and each.by.name, each.to and each.to.name) for each in kept]
        assert told == [("assigned", "Dana Reyes", "Sam Okafor"), ("released", "Dana Reyes", "Sam Okafor")]
        assert await models.AuditEntry.filter(did="conversation:assigned").count() == 2

    async def test_the_clock_of_the_patients_question_goes_on(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Is it ready?")
        before = await models.Conversation.get(id=world.ines_thread.id)

        after = await _assign(world, world.sam.user)

        assert after.needs_reply_since == before.needs_reply_since
        assert after.updated_at == before.updated_at

    async def test_refuses_who_is_no_member(self, world: World) -> None:
        outside = (world.robin.user, world.val.user, world.alex.user, uuid4())
        assert [await _refused(world, each) for each in outside] == ["not_a_member"] * 4

        await models.User.filter(id=world.sam.user).update(active=False)
        assert await _refused(world, world.sam.user) == "not_a_member"

    async def test_is_for_members_only(self, world: World) -> None:
        assert await _refused(world, world.dana.user, by=world.val) == "not_allowed"
        assert await _refused(world, world.dana.user, by=world.robin) == "unknown"
        assert await _refused(world, world.alex.user, by=world.alex) == "unknown"


class TestSeen:
    async def test_whoever_did_not_see_who_has_it_does_not_take_it(self, world: World) -> None:
        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana, seen=None)

        with pytest.raises(Refusal) as refusal:
            await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana, seen=None)

        assert refusal.value.code == "assigned_meanwhile"
        assert "Sam Okafor has it now" in str(refusal.value)
        assert refusal.value.extra == {"assignee": world.sam.user}
        [line] = await models.Event.filter(kind=EventKind.ASSIGNED)
        assert line.to_id == world.sam.user
        assert (await models.Conversation.get(id=world.ines_thread.id)).assignee_id == world.sam.user

    async def test_of_two_at_once_one_has_it_and_the_other_is_told(self, world: World) -> None:
        def take(to: access.Staff) -> Awaitable[None]:
            return assignments.assign(world.ines_thread.id, to.user, by=to, seen=None)

        ended = await asyncio.gather(take(world.dana), take(world.sam), return_exceptions=True)

        [no] = [each for each in ended if each is not None]
        assert isinstance(no, Refusal)
        assert no.code == "assigned_meanwhile"
        assert await models.Event.filter(kind=EventKind.ASSIGNED).count() == 1

    async def test_who_saw_it_may_and_a_repeat_is_no_news(self, world: World) -> None:
        for seen in (None, None, world.sam.user):
            await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana, seen=seen)

        await assignments.assign(world.ines_thread.id, None, by=world.sam, seen=world.sam.user)

        assert await models.AuditEntry.filter(did="conversation:assigned").count() == 2

    async def test_says_so_where_it_is_nobodys_or_ones_own_by_now(self, world: World) -> None:
        async def told(to: access.Staff, *, seen: access.Staff) -> str:
            with pytest.raises(Refusal) as refusal:
                await assignments.assign(world.ines_thread.id, to.user, by=world.dana, seen=seen.user)
            return str(refusal.value)

        assert "It is nobody's now" in await told(world.dana, seen=world.sam)
        await _assign(world, world.dana.user)
        assert "You have it now" in await told(world.sam, seen=world.robin)

    async def test_what_a_colleague_has_begun_to_answer_is_theirs(self, world: World) -> None:
        await claims.claim(world.ines_thread.id, by=world.sam)
        thread_id, dana = world.ines_thread.id, world.dana

        with pytest.raises(Refusal) as assigning:
            await assignments.assign(thread_id, dana.user, by=dana, seen=None)
        with pytest.raises(Refusal) as handing:
            await handovers.hand_over(thread_id, dana.user, key="h", body="Call her", by=dana, seen=None)

        assert assigning.value.code == handing.value.code == "assigned_meanwhile"
        assert not await models.Note.all().exists()


class TestRemove:
    async def test_who_leaves_the_team_leaves_their_work_to_nobody(self, world: World) -> None:
        await _assign(world, world.sam.user)

        await teams.remove(world.ines_thread.team_id, world.sam.user)

        assert (await models.Conversation.get(id=world.ines_thread.id)).assignee_id is None
        line = await models.Event.filter(kind=EventKind.RELEASED).get()
        assert (line.user_id, line.to_id) == (None, world.sam.user)


class TestBeside:
    async def test_lines_come_with_the_page_of_the_messages_around_them(self, world: World) -> None:
        async def reply(key: str) -> None:
            await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body=key)

        await _assign(world, world.sam.user)
        await reply("a")
        await _assign(world, None)
        await reply("b")
        await _assign(world, world.dana.user)
        page = [each for each in await _messages(world) if each.number == 2]

        newest = await events.beside(world.ines_thread.id, page, before=None, is_first=False)
        oldest = await events.beside(world.ines_thread.id, (await _messages(world))[:1], before=2, is_first=True)

        assert [each.number for each in newest] == [2]
        assert [each.number for each in oldest] == [0, 1]


async def _messages(world: World) -> list[views.Message]:
    return (await thread.page(world.ines_thread.id, None))[0]
