"""Notes: for the team alone, in their place, and on no way to the patient."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from realtime import sources, wire
from server import access, models
from server.domain import conversations, mentions, messages, notes, teams
from server.errors import Refusal
from server.queries import inbox, me, me_views, note_views, opened, transcript, views
from server.queries import mentions as listed
from server.queries import notes as written
from server.queries import thread as said
from tests.server.domain.sending.posting import post
from tests.server.domain.waiting import reader_of
from tests.world import World

pytestmark = pytest.mark.anyio
SECRET = "Her daughter called about the bruises"


async def write(
    world: World, body: str = SECRET, *, key: str = "n", by: access.Staff | None = None, mentions: Sequence[UUID] = ()
) -> note_views.Note:
    conversation, author = world.ines_thread.id, by or world.dana
    note, _ = await notes.write(conversation, key=key, body=body, by=author, mentions=mentions)
    return (await written.notes([note]))[note]


async def about(staff: access.Staff) -> me_views.Me:
    return await me.me(staff, csrf="", build="")


async def reply(world: World, key: str = "r1", body: str = "Thank you") -> None:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body=body)


async def row_of(world: World) -> views.Row:
    return (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]


async def page(world: World, before: int | None = None, by: access.Staff | None = None) -> views.Thread:
    return await opened.whole(by or world.dana, world.ines_thread.id, before=before)


class TestWrite:
    async def test_keeps_the_words_sealed_with_their_author_and_place(self, world: World) -> None:
        await post(world)

        note = await write(world)

        assert (note.number, note.after, note.by.name, note.by.initials, note.body) == (
            1,
            1,
            "Dana Reyes",
            "DR",
            SECRET,
        )
        assert SECRET.encode() not in (await models.Note.get()).body_sealed

    async def test_gives_the_same_note_for_the_same_key_and_words(self, world: World) -> None:
        first = await write(world)

        again, is_new = await notes.write(world.ines_thread.id, key="n", body=SECRET, by=world.dana)

        assert (again, is_new) == (first.id, False)
        assert await models.Note.all().count() == 1
        assert await models.AuditEntry.filter(did="note:written").count() == 1

    async def test_refuses_the_same_key_with_other_words(self, world: World) -> None:
        await write(world)

        with pytest.raises(Refusal) as no:
            await write(world, "Something else")

        assert no.value.code == "key_reused"

    async def test_keeps_the_same_key_of_two_writers_apart(self, world: World) -> None:
        await write(world)

        assert (await write(world, "Mine", by=world.sam)).number == 2

    async def test_numbers_without_a_gap_when_several_write_at_once(self, world: World) -> None:
        await asyncio.gather(*(write(world, key=f"k{each}") for each in range(5)))

        assert sorted(note.number for note in await models.Note.all()) == [1, 2, 3, 4, 5]

    @pytest.mark.parametrize(
        ("body", "code"), [(" \n ", "empty"), ("x" * 5001, "too_long"), ("a\u202eb", "hidden_characters")]
    )
    async def test_refuses_what_is_no_note(self, world: World, body: str, code: str) -> None:
        with pytest.raises(Refusal) as no:
            await write(world, body)

        assert no.value.code == code

    async def test_is_for_members_to_write(self, world: World) -> None:
        for who, code in ((world.val, "not_allowed"), (world.robin, "unknown"), (world.alex, "unknown")):
            with pytest.raises(Refusal) as no:
                await write(world, by=who)
            assert no.value.code == code


class TestANoteAnswersNobody:
    async def test_leaves_the_row_as_it_was(self, world: World) -> None:
        await reply(world)
        before = await row_of(world)

        await write(world)

        assert await row_of(world) == before
        assert before.needs_reply_since is not None

    async def test_does_not_reopen_what_is_done(self, world: World) -> None:
        await conversations.mark_done(world.ines_thread.id, by=world.dana)

        await write(world)

        assert (await row_of(world)).state == "done"

    async def test_puts_nothing_on_its_way(self, world: World) -> None:
        before = await models.Delivery.all().count(), await models.Work.all().count()

        await write(world)

        assert (await models.Delivery.all().count(), await models.Work.all().count()) == before
        assert await models.Message.all().count() == 0


class TestThePatientNeverSeesIt:
    async def test_on_no_page_stream_or_copy_of_theirs(self, world: World) -> None:
        await post(world)
        reader = await reader_of(world)
        head = (await models.Stream.get(id=world.ines.id)).position

        await write(world)

        shown, _ = await said.portal_page(world.ines_thread.id, proxy=None)
        stream = await models.Stream.get(id=world.ines.id)
        frames = await wire.catch_up(reader, stream.id, stream.epoch, 0, sources.of_the_house())
        own = await transcript.content(world.ines_thread.id, for_patient=True)
        chart = await transcript.content(world.ines_thread.id, for_patient=False)
        assert stream.position == head
        assert SECRET not in f"{shown}{frames}{own}{chart}"


class TestItsPlace:
    async def test_is_under_the_newest_message_of_its_time(self, world: World) -> None:
        await write(world, "before all", key="a")
        await post(world)
        await write(world, "after one", key="b")
        await reply(world)
        await write(world, "after two", key="c")

        thread = await page(world)

        assert [(note.after, note.body) for note in thread.notes] == [
            (0, "before all"),
            (1, "after one"),
            (2, "after two"),
        ]

    async def test_comes_with_the_page_of_the_message_above_it(self, world: World) -> None:
        await write(world, "at 0", key="0")
        for number in range(1, 53):
            await reply(world, f"r{number}", f"Words {number}")
            if number in (2, 3, 52):
                await write(world, f"at {number}", key=str(number))

        newest = await page(world)
        older = await page(world, before=newest.before)

        assert (newest.messages[0].number, newest.before) == (3, 3)
        assert [note.body for note in newest.notes] == ["at 3", "at 52"]
        assert [note.body for note in older.notes] == ["at 0", "at 2"]


class TestMentions:
    async def test_reach_each_colleague_once_and_never_the_author(self, world: World) -> None:
        note = await write(world, "@Sam Okafor look", mentions=[world.sam.user, world.sam.user, world.dana.user])

        me = await about(world.sam)
        assert [(each.name, each.initials) for each in note.mentions] == [("Sam Okafor", "SO")]
        assert (me.mentions, (await about(world.dana)).mentions) == (1, 0)

    async def test_are_listed_until_the_conversation_is_opened(self, world: World) -> None:
        await write(world, "@Sam Okafor look", mentions=[world.sam.user])
        [found] = await listed.newest(world.sam)
        assert (found.note.body, found.patient.name, found.seen_at) == ("@Sam Okafor look", "Ines Calderon", None)

        await mentions.mark_seen(world.omar_thread.id, by=world.sam)
        assert (await about(world.sam)).mentions == 1
        await mentions.mark_seen(world.ines_thread.id, by=world.sam)

        [seen] = await listed.newest(world.sam)
        assert seen.seen_at is not None
        assert (await about(world.sam)).mentions == 0

    async def test_may_call_on_a_supervisor(self, world: World) -> None:
        await write(world, "@Val Moreno look", mentions=[world.val.user])

        assert (await about(world.val)).mentions == 1

    async def test_refuse_whoever_may_not_read_it(self, world: World) -> None:
        for who in (world.robin.user, world.alex.user, UUID(int=1)):
            with pytest.raises(Refusal) as no:
                await write(world, "@Robin Lee look", mentions=[world.sam.user, who])
            assert no.value.code == "cannot_read"
        assert await models.Note.all().count() == 0

    async def test_refuse_who_has_left_the_clinic(self, world: World) -> None:
        await models.User.filter(id=world.sam.user).update(active=False)

        with pytest.raises(Refusal) as no:
            await write(world, "@Sam Okafor look", mentions=[world.sam.user])

        assert no.value.code == "cannot_read"

    async def test_show_no_words_to_who_has_left_the_team(self, world: World) -> None:
        await write(world, f"@Sam Okafor {SECRET}", mentions=[world.sam.user])
        await teams.remove(world.ines_thread.team_id, world.sam.user)
        sam = replace(world.sam, member_of=frozenset(), reads=frozenset())

        stream = await models.Stream.get(id=world.sam.user)
        frames = await wire.catch_up(sam, stream.id, stream.epoch, 0, sources.of_the_house())

        assert SECRET not in f"{frames}"
        assert (await listed.newest(sam), (await about(sam)).mentions) == ([], 0)

    async def test_count_once_for_the_same_key(self, world: World) -> None:
        for _ in range(2):
            await write(world, "@Sam Okafor look", mentions=[world.sam.user])

        assert (await about(world.sam)).mentions == 1
        with pytest.raises(Refusal) as no:
            await write(world, "@Sam Okafor look")
        assert no.value.code == "key_reused"
