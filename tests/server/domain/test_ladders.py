"""What happens while a secure message stays unread: reminders, the other way, and a person who calls."""

from datetime import timedelta

import pytest

from server import access, clock, models
from server.domain import conversations, jobs, ladders, messages, recalls, receipts, sending
from server.domain import gate as the_gate
from server.errors import Kind, Refusal
from server.models import Carries, ConsentTo, Purpose, State, Via
from server.queries import inbox
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, HEAD, claim_one, post
from tests.server.domain.waiting import after, due, reader_of
from tests.world import World

pytestmark = pytest.mark.anyio


async def carried() -> None:
    """Everything that is due goes out."""
    for lane in sending.Lane:
        while found := await sending.claim(20, lane=lane):
            for claimed in found:
                await sending.settle(claimed, ACCEPTED)


async def purposes(world: World) -> list[tuple[Purpose, Carries]]:
    rows = await models.Delivery.filter(conversation_id=world.ines_thread.id).order_by("created_at", "id")
    return [(row.purpose, row.carries) for row in rows]


async def agrees_to_mail(world: World) -> None:
    await models.Consent.create(
        patient_id=world.ines.id, by_id=world.dana.user, kind=ConsentTo.EMAIL, wording="Yes", created_at=clock.now()
    )


async def tasks_of(world: World) -> list[str]:
    return [task.kind for task in (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id].tasks]


async def is_watched(world: World) -> bool:
    return await jobs.is_open("ladder", world.ines_thread.id)


FIRST = (Purpose.FIRST, Carries.NOTICE_SMS)
REMINDER = (Purpose.REMINDER, Carries.NOTICE_SMS)
BY_MAIL = (Purpose.OTHER_WAY, Carries.NOTICE_EMAIL)


class TestClimb:
    async def test_takes_all_its_steps_in_their_time(self, world: World) -> None:
        await agrees_to_mail(world)
        await post(world)
        await carried()
        seen = []
        for hours in (0, 23.9, 24.1, 71.9, 72.1, 73.9, 74.2, 75.9):
            await after(hours)
            await carried()
            seen.append(len(await purposes(world)))
            assert await tasks_of(world) == []

        await after(76.3)

        assert seen == [1, 1, 2, 2, 3, 3, 4, 4]
        assert await purposes(world) == [FIRST, REMINDER, REMINDER, BY_MAIL]
        assert await tasks_of(world) == ["call_unread"]
        assert not await is_watched(world)
        assert await due() == 0

    async def test_leaves_the_other_way_out_where_the_patient_did_not_agree_to_mails(self, world: World) -> None:
        await post(world)
        await carried()
        for hours in (24.1, 72.1, 74.2, 76.3):
            await after(hours)
            await carried()

        assert await purposes(world) == [FIRST, REMINDER, REMINDER]
        assert await tasks_of(world) == ["call_unread"]

    async def test_goes_from_mail_to_text_without_asking_for_more_than_a_phone(self, world: World) -> None:
        await post(world, Via.SECURE_EMAIL)
        await carried()
        for hours in (24.1, 72.1, 74.2):
            await after(hours)
            await carried()

        assert [purpose for purpose, _ in await purposes(world)] == ["first", "reminder", "reminder", "other_way"]
        assert (await purposes(world))[-1][1] is Carries.NOTICE_SMS

    async def test_reminds_once_of_several_unread_messages(self, world: World) -> None:
        for _ in range(3):
            await post(world)
        await carried()

        await after(24.1)

        rows = await models.Delivery.filter(purpose=Purpose.REMINDER).select_related("message")
        assert [row.message.number for row in rows] == [3]

    async def test_catches_up_step_by_step_after_a_worker_was_away(self, world: World) -> None:
        await post(world)
        await carried()
        for hours, steps in ((200, 2), (200.5, 2), (202.1, 3)):
            await after(hours)
            await carried()
            assert len(await purposes(world)) == steps

    async def test_says_in_the_text_that_it_is_a_reminder(self, world: World) -> None:
        await post(world)
        await carried()
        await after(24.1)

        letter = await sending.write(await claim_one(), HEAD)

        assert isinstance(letter, sending.Text)
        assert "you still have an unread secure message" in letter.words

    async def test_shows_each_step_to_the_team(self, world: World) -> None:
        posted = await post(world)
        await carried()
        before = await models.Conversation.get(id=world.ines_thread.id)
        await after(24.1)

        now = await models.Conversation.get(id=world.ines_thread.id)
        assert now.rev == before.rev + 1
        assert (await models.Message.get(id=posted.message)).rev == now.rev

    async def test_does_not_remind_while_the_notice_itself_still_waits(self, world: World) -> None:
        await post(world)
        await after(24.1)
        assert await purposes(world) == [FIRST]

        await carried()
        await after(26.2)
        assert await purposes(world) == [FIRST, REMINDER]

    async def test_of_a_dead_worker_is_taken_wholly_or_not_at_all(self, world: World) -> None:
        await post(world)
        await carried()
        await due()
        clock.shift(timedelta(hours=24.1))
        [lost] = await jobs.claim(5, kinds=["ladder"])
        clock.shift(timedelta(hours=24.2))
        [job] = await jobs.claim(5, kinds=["ladder"])

        await ladders.climb(job)
        await ladders.climb(job)
        await ladders.climb(lost)

        assert await purposes(world) == [FIRST, REMINDER]


class TestItsEnd:
    async def _is_over(self, world: World) -> bool:
        for hours in (24.1, 72.2, 76.5, 100):
            await after(hours)
            await carried()
        return not await is_watched(world) and await tasks_of(world) == [] and len(await purposes(world)) == 1

    async def test_comes_when_everything_is_viewed(self, world: World) -> None:
        await post(world)
        await carried()
        await receipts.mark_viewed([1], by=await reader_of(world))

        assert await due() == 1
        assert not await is_watched(world)
        assert await self._is_over(world)

    async def test_comes_when_the_patient_answers_in_any_way(self, world: World) -> None:
        await post(world)
        await carried()
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Call me", via=Via.SMS)

        assert not await is_watched(world)
        assert await self._is_over(world)

    async def test_comes_when_the_conversation_is_done(self, world: World) -> None:
        await post(world)
        await carried()
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
        await conversations.reopen(world.ines_thread.id, by=world.dana)

        assert not await is_watched(world)
        assert await self._is_over(world)

    async def test_comes_when_all_is_taken_back(self, world: World) -> None:
        posted = await post(world)
        await carried()
        await recalls.recall(posted.message, by=world.dana)

        assert await self._is_over(world)

    async def test_never_begins_for_a_plain_text(self, world: World) -> None:
        await post(world, Via.SMS)
        assert not await is_watched(world)

    async def test_is_not_the_end_of_a_newer_message(self, world: World) -> None:
        await post(world)
        await carried()
        await after(24.1)
        await carried()
        clock.shift(timedelta(hours=30))
        await post(world)
        await carried()
        clock.shift(timedelta(hours=31))
        await receipts.mark_viewed([1], by=await reader_of(world))

        await after(53.9)
        await carried()
        assert await purposes(world) == [FIRST, REMINDER, FIRST]
        await after(54.1)
        assert await purposes(world) == [FIRST, REMINDER, FIRST, REMINDER]

    async def test_does_not_count_again_what_an_earlier_one_counted(self, world: World) -> None:
        await post(world)
        await carried()
        for hours in (24.1, 72.1, 74.2, 76.3):
            await after(hours)
            await carried()
        await post(world)
        await carried()

        await after(99)
        assert len(await purposes(world)) == 4
        await after(100.5)
        assert len(await purposes(world)) == 5


class TestTheCall:
    @pytest.mark.parametrize("how", ["viewed", "answered", "done", "taken_back"])
    async def test_is_called_off_when_it_is_not_needed_any_more(self, world: World, how: str) -> None:
        posted = await post(world)
        await carried()
        for hours in (24.1, 72.1, 74.2, 76.3):
            await after(hours)
            await carried()
        assert await tasks_of(world) == ["call_unread"]

        async with replay_law(world.dana):
            if how == "viewed":
                await receipts.mark_viewed([1], by=await reader_of(world))
            elif how == "answered":
                await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Yes")
            elif how == "done":
                await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
            else:
                await recalls.recall(posted.message, by=world.dana)

        assert await tasks_of(world) == []
        assert (await models.Conversation.get(id=world.ines_thread.id)).open_tasks == 0
        assert (await models.Task.get()).outcome == "not_needed"

    async def test_stays_while_another_message_is_unread(self, world: World) -> None:
        await post(world)
        await post(world)
        await carried()
        for hours in (24.1, 72.1, 74.2, 76.3):
            await after(hours)
            await carried()

        await receipts.mark_viewed([1], by=await reader_of(world))
        assert await tasks_of(world) == ["call_unread"]
        await receipts.mark_viewed([2], by=await reader_of(world))
        assert await tasks_of(world) == []


class TestAReminderThatCameTooLate:
    async def _late(self, world: World) -> sending.Claimed:
        await post(world)
        await carried()
        await after(24.1)
        return await claim_one()

    @pytest.mark.parametrize("how", ["viewed", "answered", "done"])
    async def test_is_not_posted(self, world: World, how: str) -> None:
        reader = await self._reader(world)
        claimed = await self._late(world)
        if how == "viewed":
            await receipts.mark_viewed([1, 2], by=reader)
        elif how == "answered":
            await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Yes")
        else:
            await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")

        with pytest.raises(sending.Unsendable, match="viewed") as no:
            await sending.write(claimed, HEAD)
        await sending.settle(claimed, sending.Fate("refused", no.value.reason))

        row = await models.Delivery.get(id=claimed.ref)
        assert (row.state, row.reason) == (State.CANCELLED, "viewed")
        assert (await models.Conversation.get(id=world.ines_thread.id)).trouble is None

    async def _reader(self, world: World) -> access.PortalPatient:
        await post(world)
        await carried()
        reader = await reader_of(world)
        await models.PortalSession.all().update(ends_at=clock.now() + timedelta(days=9))
        return reader

    async def test_is_posted_while_the_message_is_unread(self, world: World) -> None:
        assert await sending.write(await self._late(world), HEAD)


class TestTheGate:
    """Its answers are those of the gate's own tests; here is what the ladder makes of them."""

    async def _asked(self, world: World, monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
        await post(world)
        await carried()

        async def admit(asked: the_gate.Asked) -> the_gate.Admitted:
            if isinstance(answer, Refusal):
                raise answer
            assert isinstance(answer, the_gate.Admitted)
            return answer

        monkeypatch.setattr(the_gate, "admit", admit)
        await after(24.1)

    async def test_may_hold_it_until_the_morning(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        morning = clock.now() + timedelta(hours=33)
        await self._asked(world, monkeypatch, the_gate.Admitted("quiet_hours", morning))

        assert await purposes(world) == [FIRST]
        work = await models.Work.get(kind="ladder", done_at=None)
        assert (work.next_at, work.attempts) == (morning, 0)
        monkeypatch.undo()
        await after(33.1)
        assert await purposes(world) == [FIRST, REMINDER]

    async def test_may_say_that_the_patient_stopped_us(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        no = Refusal(Kind.CONFLICT, "no_way_to_reach", "Stopped.", extra={"why": "opted_out"})
        await self._asked(world, monkeypatch, no)

        assert not await is_watched(world)

    async def test_may_say_that_it_was_too_much(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        no = Refusal(Kind.TOO_MANY, "too_many", "Too many.", retry_after=600)
        await self._asked(world, monkeypatch, no)
        monkeypatch.undo()
        assert await purposes(world) == [FIRST]

        await after(24.4)
        assert await purposes(world) == [FIRST, REMINDER]

    async def test_may_refuse_anything_else_and_a_person_calls_in_the_end(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        no = Refusal(Kind.CONFLICT, "no_way_to_reach", "Paused.", extra={"why": "paused"})
        await self._asked(world, monkeypatch, no)
        for hours in (72.1, 74.2, 76.3):
            await after(hours)

        assert await purposes(world) == [FIRST]
        assert await tasks_of(world) == ["call_unread"]
