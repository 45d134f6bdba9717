"""Whose work a conversation is: a member's of its team, or nobody's."""

from uuid import UUID, uuid4

import pytest

from server import access, models
from server.domain import assignments, messages, teams
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
