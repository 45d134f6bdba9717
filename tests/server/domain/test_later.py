"""What was written for later: posted once, at its time, unless something came first."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from server import clock, keys, models
from server.domain import conversations, jobs, later, messages, patients, teams
from server.errors import Refusal
from server.models import Carries, LaterState, State, Via
from server.queries import inbox, thread, views, zones
from tests.server.domain.waiting import after, due, until
from tests.world import World

pytestmark = pytest.mark.anyio


async def write(
    world: World,
    key: str = "l",
    *,
    via: Via = Via.SECURE_SMS,
    hours: float = 2,
    body: str = "See you",
    both: bool = False,
) -> UUID:
    """Dana writes something for later."""
    at = clock.now() + timedelta(hours=hours)
    kept, is_new = await later.write_later(
        world.ines_thread.id, key=key, via=via, body=body, at=at, by=world.dana, both=both
    )
    assert is_new
    return kept


async def row_of(world: World) -> views.Row:
    return (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]


async def posted(world: World) -> list[str]:
    return [message.body for message in (await thread.page(world.ines_thread.id, None))[0]]


async def became(kept: UUID) -> tuple[LaterState, str | None]:
    row = await models.Later.get(id=kept)
    return row.state, row.why


class TestWriteLater:
    async def test_shows_what_waits_and_sends_nothing_yet(self, world: World) -> None:
        await write(world, body="See you at 3")

        [shown] = (await row_of(world)).later
        assert (shown.body, shown.by, shown.zone, shown.words) == (
            "See you at 3",
            "Dana Reyes",
            "America/Chicago",
            None,
        )
        assert await posted(world) == []
        assert await due() == 0
        assert await models.AuditEntry.filter(did="later:made").count() == 1

    async def test_keeps_no_readable_word(self, world: World) -> None:
        kept = await write(world, body="Potassium")

        row = await models.Later.get(id=kept)
        assert b"Potassium" not in bytes(row.body_sealed)
        assert (await models.Work.get(kind="later")).data == "{}"

    async def test_again_with_the_same_key_gives_the_first(self, world: World) -> None:
        at = clock.now() + timedelta(hours=2)

        async def write_it(body: str = "Hello") -> tuple[UUID, bool]:
            return await later.write_later(
                world.ines_thread.id, key="l", via=Via.SECURE_SMS, body=body, at=at, by=world.dana
            )

        made = await asyncio.gather(*(write_it() for _ in range(6)))
        assert (len({kept for kept, _ in made}), [new for _, new in made].count(True)) == (1, 1)
        with pytest.raises(Refusal) as refusal:
            await write_it("Other")
        assert refusal.value.code == "key_reused"

    @pytest.mark.parametrize("hours", [-1, 0, 365 * 24 + 1])
    async def test_is_for_a_time_within_a_year(self, world: World, hours: float) -> None:
        with pytest.raises(Refusal) as refusal:
            await write(world, hours=hours)
        assert refusal.value.code == "not_in_future"

    async def test_says_at_once_what_the_gate_says(self, world: World) -> None:
        with pytest.raises(Refusal) as refusal:
            await write(world, via=Via.SMS)
        assert refusal.value.code == "no_consent"
        assert not await models.Later.all().exists()

    async def test_is_for_members_only(self, world: World) -> None:
        at = clock.now() + timedelta(hours=2)
        codes = []
        for who in (world.alex, world.robin, world.val):
            with pytest.raises(Refusal) as refusal:
                await later.write_later(world.ines_thread.id, key="l", via=Via.SECURE_SMS, body="x", at=at, by=who)
            codes.append(refusal.value.code)
        assert codes == ["unknown", "unknown", "not_allowed"]

    async def test_remembers_the_zone_of_the_patient(self, world: World) -> None:
        await patients.change(world.ines.id, patients.Details(phone="+12125550142"), by=world.dana)
        await write(world)

        assert (await row_of(world)).later[0].zone == "America/New_York"


class TestCancel:
    async def test_any_member_may_and_again_changes_nothing(self, world: World) -> None:
        kept = await write(world)
        assert await later.cancel(kept, by=world.sam) == world.ines_thread.id
        rev = (await row_of(world)).rev

        await later.cancel(kept, by=world.dana)

        assert (await row_of(world)).rev == rev
        assert await became(kept) == (LaterState.CANCELLED, None)
        assert (await row_of(world)).later == []
        await after(3)
        assert await posted(world) == []

    async def test_is_too_late_once_it_was_sent(self, world: World) -> None:
        kept = await write(world)
        await after(3)

        with pytest.raises(Refusal) as refusal:
            await later.cancel(kept, by=world.dana)
        assert refusal.value.code == "already_sent"

    async def test_is_for_members_only(self, world: World) -> None:
        kept = await write(world)
        codes = []
        for who in (world.alex, world.robin, world.val):
            with pytest.raises(Refusal) as refusal:
                await later.cancel(kept, by=who)
            codes.append(refusal.value.code)
        assert codes == ["unknown", "unknown", "not_allowed"]


class TestPostDue:
    async def test_posts_at_its_time_in_its_writers_name(self, world: World) -> None:
        kept = await write(world)
        await after(1.99)
        assert await posted(world) == []

        await after(2.01)

        [message] = (await thread.page(world.ines_thread.id, None))[0]
        assert (message.body, message.sender.name, message.key) == ("See you", "Dana Reyes", f"later:{kept}")
        assert message.delivery is not None
        assert (message.delivery.state, message.undo_until) == ("waiting", None)
        assert await became(kept) == (LaterState.SENT, None)
        assert (await row_of(world)).later == []

    async def test_goes_both_ways_if_it_was_to(self, world: World) -> None:
        await write(world, both=True)
        await after(2.1)

        assert {row.carries for row in await models.Delivery.all()} == {Carries.NOTICE_SMS, Carries.NOTICE_EMAIL}

    async def test_posts_once_whoever_does_the_job_again(self, world: World) -> None:
        await write(world)
        clock.shift(timedelta(hours=2.1))
        [lost] = await jobs.claim(5, kinds=["later"])
        clock.shift(timedelta(hours=2.2))
        [job] = await jobs.claim(5, kinds=["later"])

        await asyncio.gather(*(later.post_due(each) for each in (lost, job, lost, job)))

        assert await posted(world) == ["See you"]

    async def test_posts_or_is_cancelled_never_both(self, world: World) -> None:
        for nth in range(5):
            clock.shift(timedelta())
            kept = await write(world, f"l{nth}", body=f"{nth}")
            clock.shift(timedelta(hours=2.1))
            [job] = await jobs.claim(5, kinds=["later"])

            await asyncio.gather(later.post_due(job), later.cancel(kept, by=world.sam), return_exceptions=True)

            state, _ = await became(kept)
            assert (state is LaterState.SENT) is (f"{nth}" in await posted(world))
            assert state is not LaterState.WAITING

    async def test_several_go_in_their_order(self, world: World) -> None:
        await write(world, "b", hours=3, body="Second")
        await write(world, "a", hours=2, body="First")
        await after(2.1)
        await after(3.1)

        assert await posted(world) == ["First", "Second"]

    async def test_reopens_a_conversation_that_was_done_before_it_was_written(self, world: World) -> None:
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
        await write(world)
        await after(2.1)

        assert ((await row_of(world)).state, await posted(world)) == ("open", ["See you"])


class TestWhatComesFirst:
    async def test_the_patient_writes(self, world: World) -> None:
        kept = await write(world)
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Wait", via=Via.SMS)

        assert await became(kept) == (LaterState.CANCELLED, "patient_wrote")
        assert (await row_of(world)).later == []
        await after(2.1)
        assert await posted(world) == ["Wait"]

    async def test_the_conversation_is_done(self, world: World) -> None:
        kept = await write(world)
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
        await conversations.reopen(world.ines_thread.id, by=world.dana)

        assert await became(kept) == (LaterState.CANCELLED, "done")
        await after(2.1)
        assert await posted(world) == []

    async def test_the_gate_refuses_and_it_stays_for_a_person(self, world: World) -> None:
        await patients.consent(world.ines.id, wording="Yes", by=world.dana)
        kept = await write(world, via=Via.SMS)
        await patients.end_consent(world.ines.id, by=world.dana)
        rev = (await row_of(world)).rev
        await after(2.1)

        assert await became(kept) == (LaterState.WAITING, "no_consent")
        [shown] = (await row_of(world)).later
        assert shown.words == "the patient has not agreed to plain texts"
        assert ((await row_of(world)).rev, await posted(world)) == (rev + 1, [])
        decision = await models.Decision.filter(path="later", outcome="refuse").first()
        assert decision is not None
        assert decision.reasons == "no_consent"
        assert await due() == 0
        await later.cancel(kept, by=world.sam)
        assert (await row_of(world)).later == []

    async def test_its_writer_leaves_and_it_still_goes(self, world: World) -> None:
        await write(world)
        await models.User.filter(id=world.dana.user).update(active=False)
        await teams.remove(world.ines_thread.team_id, world.dana.user)
        await after(2.1)

        [message] = (await thread.page(world.ines_thread.id, None))[0]
        assert message.sender.name == "Dana Reyes"

    async def test_everybody_leaves_and_it_waits(self, world: World) -> None:
        kept = await write(world)
        for each in (world.dana, world.sam):
            await models.User.filter(id=each.user).update(active=False)
        await after(2.1)

        assert await became(kept) == (LaterState.WAITING, "nobody")
        assert await posted(world) == []

    async def test_it_cannot_be_opened_and_stays_for_a_person(self, world: World) -> None:
        kept = await write(world)
        await models.Later.filter(id=kept).update(body_sealed=b"cut")
        clock.shift(timedelta(hours=2.1))
        [job] = await jobs.claim(5, kinds=["later"])

        await later.post_due(job)

        assert await became(kept) == (LaterState.WAITING, "unreadable")
        assert await posted(world) == []


class TestDaysWhenClocksChange:
    """The time is an instant: whoever chose 8:00 in the patient's zone gets 8:00 there, however long that day is."""

    @pytest.mark.parametrize(
        ("now", "at", "hours"),
        [
            ("2027-03-13T08:00", "2027-03-14T08:00", 23),
            ("2027-11-06T08:00", "2027-11-07T08:00", 25),
        ],
    )
    async def test_it_goes_at_the_chosen_time_of_the_patients_day(
        self, world: World, now: str, at: str, hours: int
    ) -> None:
        patient = await models.Patient.get(id=world.ines.id).select_related("organization")
        zone = zones.of(await keys.of(patient.organization_id), patient, patient.organization)
        assert zone == ZoneInfo("America/Chicago")
        start, chosen = (datetime.fromisoformat(each).replace(tzinfo=zone).astimezone(UTC) for each in (now, at))
        assert chosen - start == timedelta(hours=hours)
        await models.StaffSession.all().update(ends_at=chosen + timedelta(days=9))
        clock.shift(start - clock.now())
        await later.write_later(
            world.ines_thread.id, key="l", via=Via.SECURE_SMS, body="Morning", at=chosen, by=world.dana
        )

        await until(chosen - timedelta(minutes=1))
        assert await posted(world) == []
        await until(chosen + timedelta(seconds=1))
        assert await posted(world) == ["Morning"]
        row = await models.Delivery.get()
        assert row.state is State.WAITING
