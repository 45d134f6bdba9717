"""Handing over: the note and whose work it is, both or neither."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from server import access, models
from server.domain import assignments, handovers, notes, teams
from server.errors import Refusal
from server.queries import me, note_views
from server.queries import notes as written
from tests.world import World

pytestmark = pytest.mark.anyio
SAID = "Her daughter calls at noon"


async def hand_over(
    world: World,
    to: UUID | None,
    body: str = SAID,
    *,
    by: access.Staff | None = None,
    mentions: Sequence[access.Staff] = (),
) -> tuple[note_views.Note, bool]:
    who, called = by or world.dana, [each.user for each in mentions]
    note, is_new = await handovers.hand_over(world.ines_thread.id, to, key="h", body=body, by=who, mentions=called)
    return (await written.notes([note]))[note], is_new


async def assignee(world: World) -> UUID | None:
    return (await models.Conversation.get(id=world.ines_thread.id)).assignee_id


async def nothing_happened(world: World) -> bool:
    return await assignee(world) is None and not await models.Note.exists() and not await models.Event.exists()


class TestHandOver:
    async def test_the_next_one_has_the_conversation_and_the_words_and_hears_of_it(self, world: World) -> None:
        note, is_new = await hand_over(world, world.sam.user)

        assert is_new
        assert await assignee(world) == world.sam.user
        assert (note.body, [each.name for each in note.mentions]) == (f"@Sam Okafor {SAID}", ["Sam Okafor"])
        assert (await me.me(world.sam, csrf="", build="")).mentions == 1

    async def test_is_one_fact_and_one_line_of_the_audit_of_each(self, world: World) -> None:
        await models.FactRecord.all().delete()
        await hand_over(world, world.sam.user)

        told = await models.FactRecord.all().values_list("kind", flat=True)
        did = models.AuditEntry.filter(did__in=["note:written", "conversation:assigned"])
        assert sorted(map(str, told)) == ["conversation.changed", "note.mentioned", "note.written"]
        assert await did.count() == 2

    async def test_to_nobody_calls_on_nobody(self, world: World) -> None:
        await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)

        note, _ = await hand_over(world, None)

        assert (note.body, note.mentions) == (SAID, [])
        assert await assignee(world) is None

    @pytest.mark.parametrize(
        ("body", "stands"),
        [
            ("For @Sam Okafor: call her", "For @Sam Okafor: call her"),
            ("@Sam Okafore is somebody else", "@Sam Okafor @Sam Okafore is somebody else"),
        ],
    )
    async def test_calls_by_name_once(self, world: World, body: str, stands: str) -> None:
        note, _ = await hand_over(world, world.sam.user, body)

        assert note.body == stands
        assert len(note.mentions) == 1

    async def test_calls_on_others_as_any_note_does(self, world: World) -> None:
        said = "Ask @Val Moreno, @Sam Okafor"
        note, _ = await hand_over(world, world.sam.user, said, mentions=[world.val, world.sam, world.dana])

        assert note.body == said
        assert {each.id for each in note.mentions} == {world.sam.user, world.val.user}
        assert (await me.me(world.val, csrf="", build="")).mentions == 1
        assert (await me.me(world.dana, csrf="", build="")).mentions == 0

    async def test_does_neither_where_somebody_called_may_not_read(self, world: World) -> None:
        for outside in (world.robin, world.alex):
            with pytest.raises(Refusal) as no:
                await hand_over(world, world.sam.user, mentions=[outside])
            assert no.value.code == "cannot_read"

        assert await nothing_happened(world)

    async def test_again_is_the_first_one_and_assigns_nothing(self, world: World) -> None:
        first, _ = await hand_over(world, world.sam.user)
        await assignments.assign(world.ines_thread.id, None, by=world.sam)

        again, is_new = await hand_over(world, world.sam.user)

        assert (again, is_new) == (first, False)
        assert await assignee(world) is None
        assert await models.Note.all().count() == 1

    async def test_again_is_the_first_one_even_to_who_has_left(self, world: World) -> None:
        first, _ = await hand_over(world, world.sam.user)
        await teams.remove(world.ines_thread.team_id, world.sam.user)

        assert await hand_over(world, world.sam.user) == (first, False)

    @pytest.mark.parametrize("other", ["words", "person", "called", "a plain note"])
    async def test_refuses_the_same_key_for_anything_else(self, world: World, other: str) -> None:
        if other == "a plain note":
            await notes.write(world.ines_thread.id, key="h", body=SAID, by=world.dana, mentions=[world.sam.user])
        else:
            said = "Something else" if other == "words" else SAID
            await hand_over(world, world.sam.user, said, mentions=[world.val] if other == "called" else [])

        with pytest.raises(Refusal) as no:
            await hand_over(world, None if other == "person" else world.sam.user)

        assert no.value.code == "key_reused"

    @pytest.mark.parametrize(
        ("body", "code"),
        [(" \n ", "empty"), ("x" * 5001, "too_long"), ("x" * 5000, "too_long"), ("a\u202eb", "hidden_characters")],
    )
    async def test_does_neither_where_the_words_cannot_be(self, world: World, body: str, code: str) -> None:
        with pytest.raises(Refusal) as no:
            await hand_over(world, world.sam.user, body)

        assert no.value.code == code
        assert await nothing_happened(world)

    async def test_does_neither_for_who_is_no_member(self, world: World) -> None:
        for outside in (world.robin, world.val, world.alex):
            with pytest.raises(Refusal) as no:
                await hand_over(world, outside.user)
            assert no.value.code == "not_a_member"

        assert await nothing_happened(world)

    async def test_is_for_members_to_do(self, world: World) -> None:
        for who, code in ((world.val, "not_allowed"), (world.robin, "unknown"), (world.alex, "unknown")):
            with pytest.raises(Refusal) as no:
                await hand_over(world, None, by=who)
            assert no.value.code == code

        assert await nothing_happened(world)
