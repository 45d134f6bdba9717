"""Drafts: what somebody has begun is theirs alone, on all their screens, until it is sent."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace as replace_in

from realtime import sources, wire
from server import access, clock, models
from server.domain import drafts, later, messages, notes, teams
from server.models import DraftKind, Via
from server.queries import draft_views, inbox, opened, transcript, views
from server.queries import drafts as begun
from tests.laws.replay import replay_law
from tests.refusing import refused
from tests.server.domain.sending.posting import post
from tests.server.domain.waiting import after
from tests.world import World

pytestmark = pytest.mark.anyio
WORDS = "Dear Ines, about the bruises "
MESSAGE, NOTE = DraftKind.MESSAGE, DraftKind.NOTE


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """A test that moves the clock leaves it as it was."""
    yield
    clock.shift(timedelta())


async def keep(
    world: World,
    body: str = WORDS,
    kind: DraftKind = MESSAGE,
    *,
    by: access.Staff | None = None,
    at: UUID | None = None,
) -> None:
    await drafts.keep(at or world.ines_thread.id, kind, body, by=by or world.dana)


async def there(world: World, by: access.Staff | None = None) -> list[tuple[str, str]]:
    shown = await opened.whole(by or world.dana, world.ines_thread.id, before=None)
    assert shown.drafts == (await begun.mine(by or world.dana, world.ines_thread.id)).drafts
    return [(draft.kind, draft.body) for draft in shown.drafts]


async def marked(by: access.Staff) -> list[UUID]:
    return (await inbox.page(by, None, "open", None)).drafts


async def row(world: World) -> views.Row:
    return (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]


async def writers(world: World) -> list[str]:
    return [each.name for each in (await row(world)).writers]


class TestColleagues:
    async def test_see_whose_draft_there_is_until_it_is_sent_or_cleared(self, world: World) -> None:
        async with replay_law(world.sam):
            await keep(world)
        await keep(world, WORDS, NOTE)
        async with replay_law(world.dana):
            await keep(world, by=world.sam)
        assert await writers(world) == ["Dana Reyes", "Sam Okafor"]

        async with replay_law(world.val):
            await keep(world, "", by=world.sam)
        assert await writers(world) == ["Dana Reyes"]
        await keep(world, "", NOTE)
        assert await writers(world) == ["Dana Reyes"]
        async with replay_law(world.sam):
            await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body=WORDS, by=world.dana)
        assert await writers(world) == []

    @pytest.mark.parametrize("kind", ["note", "later"])
    async def test_see_that_it_is_gone_with_a_note_and_with_what_is_sent_later(self, world: World, kind: str) -> None:
        at = clock.now() + timedelta(hours=1)
        await keep(world, WORDS, NOTE if kind == "note" else MESSAGE)

        async with replay_law(world.sam):
            if kind == "note":
                await notes.write(world.ines_thread.id, key="n", body=WORDS, by=world.dana)
            else:
                await later.write_later(
                    world.ines_thread.id, key="l", via=Via.SECURE_SMS, body=WORDS, at=at, by=world.dana
                )

        assert await writers(world) == []

    async def test_hear_of_its_beginning_and_its_end_and_of_no_word_between(self, world: World) -> None:
        told = models.FactRecord.filter(stream_id=world.ines_thread.team_id)
        before = await told.count()

        for body in ("Dear", "Dear Ines", "Dear Ines, about the bruises", "", ""):
            await keep(world, body)

        added = (await told.order_by("position"))[before:]
        assert [fact.kind for fact in added] == ["conversation.changed"] * 2
        assert "bruises" not in str([fact.data for fact in added])

    async def test_see_nothing_of_who_left_the_team(self, world: World) -> None:
        await keep(world)

        async with replay_law(world.sam):
            await teams.remove(world.ines_thread.team_id, world.dana.user)

        assert await writers(world) == []

    async def test_of_other_teams_and_clinics_hear_nothing(self, world: World) -> None:
        async with replay_law(world.robin, changes=False), replay_law(world.alex, changes=False):
            await keep(world)

        elsewhere = models.FactRecord.filter(data__contains=str(world.ines_thread.id), kind="conversation.changed")
        assert {fact.stream_id for fact in await elsewhere} == {world.ines_thread.team_id}


class TestKeep:
    async def test_gives_back_the_words_as_they_stand_and_keeps_them_sealed(self, world: World) -> None:
        await keep(world, f"{WORDS}\r\n")

        assert await there(world) == [("message", f"{WORDS}\n")]
        assert b"bruises" not in (await models.Draft.get()).body_sealed

    async def test_remembers_what_was_chosen(self, world: World) -> None:
        for kind in DraftKind:
            await drafts.keep(
                world.ines_thread.id, kind, WORDS, by=world.dana, via=Via.SECURE_SMS, both=True, patient_only=True
            )

        assert (await begun.mine(world.dana, world.ines_thread.id)).drafts == [
            draft_views.Draft("message", WORDS, "secure_sms", both=True, patient_only=True),
            draft_views.Draft("note", WORDS, None, both=False, patient_only=False),
        ]

    async def test_puts_the_last_in_place_of_what_was_there(self, world: World) -> None:
        for body in ("Dear", "Dear Ines", "Dear Ines,"):
            await keep(world, body)

        assert await there(world) == [("message", "Dear Ines,")]

    async def test_keeps_one_where_two_screens_write_at_once(self, world: World) -> None:
        await asyncio.gather(*(keep(world, f"From screen {each}") for each in range(4)))

        assert await models.Draft.all().count() == 1

    async def test_of_nothing_but_blanks_ends_it(self, world: World) -> None:
        await keep(world)
        await keep(world, WORDS, NOTE)

        await keep(world, " \n ")

        assert await there(world) == [("note", WORDS)]

    async def test_tells_only_when_something_changed(self, world: World) -> None:
        for body in ("", "Dear", "Dear", "", ""):
            await keep(world, body)

        told = await models.FactRecord.filter(kind="draft.changed")
        assert [fact.stream_id for fact in told] == [world.dana.user] * 2

    @pytest.mark.parametrize(("body", "code"), [("x" * 5001, "too_long"), ("a\u202eb", "hidden_characters")])
    async def test_refuses_what_no_message_can_be(self, world: World, body: str, code: str) -> None:
        assert await refused(keep(world, body)) == code

    async def test_is_for_members_of_the_team(self, world: World) -> None:
        for who, code in ((world.val, "not_allowed"), (world.robin, "unknown"), (world.alex, "unknown")):
            assert await refused(keep(world, by=who)) == code

    async def test_changes_of_a_row_who_has_begun_and_nothing_else(self, world: World) -> None:
        before = await row(world)

        await keep(world)

        assert await row(world) == replace_in(before, rev=before.rev + 1, writers=[(await row(world)).writers[0]])


class TestNobodyElse:
    async def test_is_shown_a_draft(self, world: World) -> None:
        await post(world)
        await keep(world)
        await keep(world, WORDS, NOTE)

        for who in (world.sam, world.val):
            assert (await there(world, who), await marked(who)) == ([], [])
        for stranger in (world.robin, world.alex):
            assert await refused(begun.mine(stranger, world.ines_thread.id)) == "unknown"
        for is_theirs in (True, False):
            assert WORDS.strip() not in str(await transcript.content(world.ines_thread.id, for_patient=is_theirs))

    async def test_hears_its_words_not_even_its_writers_other_screens(self, world: World) -> None:
        await keep(world)

        for stream in await models.Stream.all():
            frames = await wire.catch_up(world.dana, stream.id, stream.epoch, 0, sources.of_the_house())
            assert "bruises" not in f"{frames}"
        assert "bruises" not in str([(row.data, row.did) for row in await models.AuditEntry.all()])

    async def test_loses_a_draft_to_the_same_words_of_a_colleague(self, world: World) -> None:
        await keep(world, "Mine")
        await keep(world, "Also mine", by=world.sam)

        await messages.post(world.ines_thread.id, key="s", via=Via.SECURE_SMS, body="Hello", by=world.sam)

        assert (await there(world), await there(world, world.sam)) == ([("message", "Mine")], [])


class TestSending:
    async def test_ends_the_draft_of_what_was_sent_alone(self, world: World) -> None:
        await keep(world)
        await keep(world, "For Sam", NOTE)
        await keep(world, "Dear Omar", at=world.omar_thread.id)

        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body=WORDS, by=world.dana)
        assert await there(world) == [("note", "For Sam")]

        await notes.write(world.ines_thread.id, key="n", body="For Sam", by=world.dana)
        assert await there(world) == []
        assert await marked(world.dana) == [world.omar_thread.id]

    async def test_later_ends_it_at_once_and_no_other_when_its_time_has_come(self, world: World) -> None:
        await keep(world)
        at = clock.now() + timedelta(hours=1)
        await later.write_later(world.ines_thread.id, key="l", via=Via.SECURE_SMS, body=WORDS, at=at, by=world.dana)
        assert await there(world) == []

        await keep(world, "Something else")
        await after(2)

        assert await models.Message.all().count() == 1
        assert await there(world) == [("message", "Something else")]

    async def test_what_is_refused_ends_nothing(self, world: World) -> None:
        await keep(world)

        assert await refused(
            messages.post(world.omar_thread.id, key="k", via=Via.SECURE_EMAIL, body=WORDS, by=world.dana)
        )
        assert await refused(messages.post(world.ines_thread.id, key="k", via=Via.SMS, body=WORDS, by=world.dana))

        assert await there(world) == [("message", WORDS)]

    async def test_tells_the_writers_other_screens_what_is_left(self, world: World) -> None:
        await keep(world)
        await keep(world, "For Sam", NOTE)
        before = (await models.Stream.get(id=world.dana.user)).position
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body=WORDS, by=world.dana)
        await keep(world, "", NOTE)

        stream = await models.Stream.get(id=world.dana.user)
        facts = models.FactRecord.filter(stream_id=stream.id, position__gt=before, kind="draft.changed")
        assert ['"kept":true' in fact.data for fact in await facts.order_by("position")] == [True, False]


class TestLosingTheTeam:
    async def test_ends_what_was_begun_there_and_nothing_else(self, world: World) -> None:
        billing = world.mercy.teams["Billing"].id
        await teams.add(billing, world.dana.user)
        both = frozenset((world.ines_thread.team_id, billing))
        dana = replace(world.dana, member_of=both, reads=both)
        elsewhere = await models.Conversation.create(
            organization_id=dana.organization,
            team_id=billing,
            patient_id=world.ines.id,
            created_at=clock.now(),
            updated_at=clock.now(),
        )
        await keep(world, by=dana)
        await keep(world, "About the bill", by=dana, at=elsewhere.id)
        await keep(world, "Mine", by=world.sam)

        await teams.remove(world.ines_thread.team_id, dana.user)

        left = replace(dana, member_of=frozenset((billing,)), reads=frozenset((billing,)))
        assert await refused(begun.mine(left, world.ines_thread.id)) == "unknown"
        assert await marked(left) == [elsewhere.id]
        assert {draft.user_id for draft in await models.Draft.all()} == {dana.user, world.sam.user}
        await teams.add(world.ines_thread.team_id, dana.user)
        assert await there(world, dana) == []
