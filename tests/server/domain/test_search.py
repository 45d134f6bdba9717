"""Words are found by whoever may read them, and by nobody else."""

from datetime import timedelta
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import conversations, filling, messages, notes, recalls, teams
from server.errors import Refusal
from server.models import Via
from server.queries import find_views, search
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio


async def say(world: World, body: str, key: str, *, thread: models.Conversation | None = None) -> UUID:
    chosen = thread or world.ines_thread
    message, _ = await messages.post(chosen.id, key=key, via=Via.SECURE_SMS, body=body, by=world.dana)
    return message


async def reply(world: World, body: str, key: str = "r", via: Via = Via.PORTAL) -> UUID:
    message, _ = await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body=body, via=via)
    return message


async def hits(staff: access.Staff, text: str, team: UUID | None = None) -> list[UUID]:
    return [hit.id for hit in (await search.find(staff, text, team=team)).hits]


class TestFinds:
    @pytest.mark.parametrize("via", [Via.PORTAL, Via.SMS, Via.EMAIL])
    async def test_what_the_patient_wrote_on_any_way(self, world: World, via: Via) -> None:
        message = await reply(world, "My knee hurts again", via=via)

        [hit] = (await search.find(world.dana, "KNEE")).hits

        assert (hit.kind, hit.id, hit.by, hit.number, hit.at_message) == ("message", message, "Ines Calderon", 1, 1)
        assert (hit.conversation, hit.team) == (world.ines_thread.id, world.ines_thread.team_id)
        assert (hit.patient.name, "".join(piece.text for piece in hit.snippet)) == (
            "Ines Calderon",
            "My knee hurts again",
        )
        assert [piece.text for piece in hit.snippet if piece.hit] == ["knee"]

    async def test_what_staff_wrote_in_words_and_in_notes(self, world: World) -> None:
        message = await say(world, "Bring your insurance card", "m")
        note, _ = await notes.write(world.ines_thread.id, key="n", body="Insurance has lapsed", by=world.dana)

        found = (await search.find(world.sam, "insurance")).hits

        assert [(hit.kind, hit.id, hit.by, hit.at_message) for hit in found] == [
            ("note", note, "Dana Reyes", 1),
            ("message", message, "Dana Reyes", 1),
        ]

    async def test_only_what_has_all_the_words_whole(self, world: World) -> None:
        both = await say(world, "Your refill is at the pharmacy", "a")
        await say(world, "Your refill is late", "b")

        assert await hits(world.dana, "Pharmacy: refill") == [both]
        assert await hits(world.dana, "refill pharmacies") == []
        assert await hits(world.dana, "pharm") == []
        assert await hits(world.dana, "? a") == []

    async def test_patients_beside_them(self, world: World) -> None:
        found = await search.find(world.dana, "omar")

        assert ([card.name for card in found.patients], found.hits) == (["Omar Haddad"], [])

    async def test_the_newest_first_in_pages(self, world: World) -> None:
        said = [await say(world, f"Reminder {number}", str(number)) for number in range(45)]

        pages: list[find_views.Found] = []
        cursor = None
        while not pages or cursor:
            pages.append(await search.find(world.dana, "reminder", before=cursor))
            cursor = pages[-1].next

        assert [len(page.hits) for page in pages] == [20, 20, 5]
        assert [hit.id for page in pages for hit in page.hits] == said[::-1]

    async def test_refuses_a_cursor_that_is_none(self, world: World) -> None:
        with pytest.raises(Refusal) as no:
            await search.find(world.dana, "reminder", before="x")

        assert no.value.code == "wrong_shape"


class TestWhoFinds:
    async def test_not_another_clinic_nor_another_team(self, world: World) -> None:
        message = await say(world, "Insurance", "m")
        await notes.write(world.ines_thread.id, key="n", body="Insurance", by=world.dana)

        assert message in await hits(world.dana, "insurance")
        assert await hits(world.alex, "insurance") == await hits(world.robin, "insurance") == []

    async def test_a_clinics_words_have_fingerprints_of_their_own(self, world: World) -> None:
        thread, _ = await conversations.open_with(world.lena.id, world.lakeside.teams["Front desk"].id, by=world.alex)
        theirs, _ = await messages.post(thread.id, key="k", via=Via.SECURE_SMS, body="Insurance", by=world.alex)
        ours = await say(world, "Insurance", "m")

        assert (await hits(world.alex, "insurance"), await hits(world.dana, "insurance")) == ([theirs], [ours])
        assert len(set(await models.Word.all().values_list("token", flat=True))) == 2

    async def test_a_supervisor_finds_in_every_team_and_in_the_one_they_choose(self, world: World) -> None:
        front, billing = world.ines_thread.team_id, world.mercy.teams["Billing"].id
        other, _ = await conversations.open_with(world.ines.id, billing, by=world.robin)
        one = await say(world, "Insurance", "m")
        two, _ = await messages.post(other.id, key="k", via=Via.SECURE_SMS, body="Insurance", by=world.robin)

        assert await hits(world.val, "insurance") == [two, one]
        assert (await hits(world.val, "insurance", front), await hits(world.val, "insurance", billing)) == (
            [one],
            [two],
        )
        with pytest.raises(Refusal) as no:
            await hits(world.robin, "insurance", front)
        assert no.value.code == "unknown"

    async def test_not_who_left_the_team(self, world: World) -> None:
        await say(world, "Insurance", "m")
        await teams.remove(world.ines_thread.team_id, world.sam.user)
        token, _ = await signed_in(world.sam.user)

        sam = await access.staff(token)

        assert sam is not None
        assert await hits(sam, "insurance") == []


class TestTheIndex:
    async def test_has_each_word_once_and_no_word_in_the_clear(self, world: World) -> None:
        message = await say(world, "Knee, knee and knee", "m")

        rows = await models.Word.filter(said_id=message)

        assert len(rows) == 2
        assert all(len(row.token) == 32 and "knee" not in row.token for row in rows)

    async def test_has_them_once_though_a_message_is_posted_again(self, world: World) -> None:
        for _ in range(2):
            await say(world, "Insurance", "m")

        assert await models.Word.all().count() == 1

    async def test_loses_a_message_that_is_taken_back(self, world: World) -> None:
        message = await say(world, "Wrong patient", "m")
        kept = await say(world, "Right patient", "k")

        await recalls.recall(message, by=world.dana)

        assert (await hits(world.dana, "patient"), await hits(world.dana, "wrong")) == ([kept], [])
        assert not await models.Word.filter(said_id=message).exists()


class TestFilling:
    async def test_takes_up_what_was_there_before_once(self, world: World) -> None:
        message = await say(world, "Insurance", "m")
        taken_back = await say(world, "Insurance", "t")
        await recalls.recall(taken_back, by=world.dana)
        note, _ = await notes.write(world.ines_thread.id, key="n", body="Insurance", by=world.dana)
        await _forget_all()

        while await filling.fill():
            pass
        await filling.fill()

        assert await hits(world.dana, "insurance") == [note, message]
        assert await models.Word.all().count() == 2
        assert [card.name for card in (await search.find(world.dana, "0143")).patients] == ["Omar Haddad"]
        assert [card.name for card in (await search.find(world.dana, "omar")).patients] == ["Omar Haddad"]

    async def test_goes_on_where_it_stopped(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(filling, "BATCH", 2)
        said = [await say(world, "Insurance", str(number)) for number in range(5)]
        await _forget_all()

        more = [await filling.fill() for _ in range(3)]

        assert more == [True, True, False]
        assert await hits(world.dana, "insurance") == said[::-1]

    async def test_takes_up_what_the_release_before_still_wrote_and_is_done_after_an_hour(self, world: World) -> None:
        await filling.fill()
        message = await say(world, "Insurance", "m")
        await _forget_words()
        await filling.fill()
        assert await hits(world.dana, "insurance") == [message]
        assert await models.Filling.filter(done_at=None).count() == len(filling.KINDS) == 5

        clock.shift(timedelta(hours=1, seconds=1))
        await filling.fill()
        await _forget_words()
        clock.shift(timedelta(hours=3))
        await filling.fill()

        assert await models.Filling.filter(done_at=None).count() == 0
        assert await models.Word.all().count() == 0


async def _forget_words() -> None:
    await models.Word.all().delete()


async def _forget_all() -> None:
    await _forget_words()
    await models.NameToken.all().delete()
