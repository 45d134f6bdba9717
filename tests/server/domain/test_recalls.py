"""A message is taken back: not once it was viewed, and what rode with it still goes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import conversations, messages, recalls, receipts, sending
from server.errors import Refusal
from server.models import State, Via
from server.queries import inbox, thread, views
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, HEAD, Posted, claim_one, post, report, trouble
from tests.server.domain.waiting import reader_of
from tests.world import World

pytestmark = pytest.mark.anyio


async def code_of(message: UUID, by: access.Staff) -> str:
    with pytest.raises(Refusal) as refusal:
        await recalls.recall(message, by=by)
    return refusal.value.code


async def shown(posted: Posted) -> tuple[str, str | None]:
    row = (await thread.messages([posted.message]))[posted.message]
    assert row.delivery is not None
    return row.delivery.state, row.delivery.words


class TestRecall:
    async def test_cancels_what_waits_and_tells_both_sides(self, world: World) -> None:
        posted = await post(world)

        assert await recalls.recall(posted.message, by=world.sam) == posted.message

        message = (await thread.messages([posted.message]))[posted.message]
        assert message.recalled is not None
        assert (message.recalled.by, message.can_recall) == ("Sam Okafor", False)
        assert await shown(posted) == ("cancelled", "it was taken back")
        assert await sending.claim(5, lane=sending.Lane.TEXTS) == []
        told = await models.FactRecord.filter(kind="message.changed").values_list("stream_id", flat=True)
        assert set(told) == {world.ines_thread.team_id, world.ines.id}
        entry = await models.AuditEntry.get(did="message:recalled")
        assert (entry.about_id, entry.patient_id) == (posted.message, world.ines.id)

    async def test_again_changes_nothing(self, world: World) -> None:
        posted = await post(world)
        await recalls.recall(posted.message, by=world.dana)
        before = await models.Message.get(id=posted.message)

        await recalls.recall(posted.message, by=world.sam)

        after = await models.Message.get(id=posted.message)
        assert (after.recalled_by_id, after.rev) == (world.dana.user, before.rev)
        assert await models.AuditEntry.filter(did="message:recalled").count() == 1

    async def test_takes_it_from_the_patients_page(self, world: World) -> None:
        posted, other = await post(world, body="Wrong words"), await post(world, body="Right words")
        await recalls.recall(posted.message, by=world.dana)

        page, _ = await thread.portal_page(world.ines_thread.id, proxy=None)
        on_the_wire = (await thread.portal_messages([posted.message], proxy=None))[posted.message]

        assert [message.body for message in page] == ["Right words"]
        assert (on_the_wire.gone, on_the_wire.body) == (True, "")
        assert (await shown(other))[0] == "waiting"

    async def test_is_possible_after_the_notice_went(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), ACCEPTED)

        await recalls.recall(posted.message, by=world.dana)

        assert (await shown(posted))[0] == "sent"

    async def test_is_refused_once_it_was_viewed(self, world: World) -> None:
        posted = await post(world)
        await receipts.mark_viewed([1], by=await reader_of(world))

        assert await code_of(posted.message, world.dana) == "already_viewed"

    async def test_and_viewing_never_both_happen(self, world: World) -> None:
        for nth in range(1, 9):
            posted = await post(world)
            reader = await reader_of(world)

            viewed, recalled = await asyncio.gather(
                receipts.mark_viewed([nth], by=reader),
                recalls.recall(posted.message, by=world.dana),
                return_exceptions=True,
            )

            assert isinstance(recalled, Refusal) is bool(viewed)
            message = await models.Message.get(id=posted.message)
            assert bool(message.recalled_at) is not await models.Receipt.filter(message_id=posted.message).exists()

    async def test_what_was_taken_back_is_never_viewed(self, world: World) -> None:
        posted = await post(world)
        reader = await reader_of(world)
        await recalls.recall(posted.message, by=world.dana)

        assert await receipts.mark_viewed([1], by=reader) == []

    async def test_stops_a_plain_text_only_before_its_first_try(self, world: World) -> None:
        early, late = await post(world, Via.SMS), await post(world, Via.SMS)
        await recalls.recall(early.message, by=world.dana)
        claimed = await claim_one()

        assert claimed.ref == late.delivery
        assert await code_of(late.message, world.dana) == "already_sent"
        await sending.settle(claimed, sending.Fate("retry", "throttled"))
        assert await code_of(late.message, world.dana) == "already_sent"

    async def test_is_for_words_of_the_team_only(self, world: World) -> None:
        said, _ = await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Hello")

        assert await code_of(said, world.dana) == "not_allowed"

    async def test_is_for_members_only(self, world: World) -> None:
        posted = await post(world)

        assert await code_of(posted.message, world.alex) == "unknown"
        assert await code_of(posted.message, world.robin) == "unknown"
        assert await code_of(posted.message, world.val) == "not_allowed"
        assert await code_of(world.ines.id, world.dana) == "unknown"
        assert (await models.Message.get(id=posted.message)).recalled_at is None


class TestTheConversation:
    async def test_waits_again_since_the_patients_first_unanswered_words(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="First")
        since = (await row_of(world)).needs_reply_since
        posted = await post(world)
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p2", body="Second")

        await recalls.recall(posted.message, by=world.dana)

        assert (await row_of(world)).needs_reply_since == since is not None

    async def test_does_not_wait_where_another_answer_stands_or_it_is_done(self, world: World) -> None:
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="First")
        posted, other = await post(world), await post(world)
        await recalls.recall(posted.message, by=world.dana)
        assert (await row_of(world)).needs_reply_since is None

        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")
        await recalls.recall(other.message, by=world.dana)
        assert (await row_of(world)).needs_reply_since is None

    async def test_is_in_the_trouble_of_the_message_before(self, world: World) -> None:
        first = await post(world)
        await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))
        clock.shift(timedelta(minutes=2))
        second = await post(world)
        assert await trouble(world.ines_thread) is None

        await recalls.recall(second.message, by=world.dana)
        assert await trouble(world.ines_thread) == "failed"
        await recalls.recall(first.message, by=world.dana)
        assert await trouble(world.ines_thread) is None
        with pytest.raises(Refusal, match="taken back"):
            await sending.retry(first.delivery, by=world.dana)

    async def test_says_in_its_row_that_the_words_were_taken_back(self, world: World) -> None:
        posted = await post(world, body="Wrong words")
        await recalls.recall(posted.message, by=world.dana)

        last = (await row_of(world)).last
        assert last is not None
        assert last.preview == "Taken back: Wrong words"


class TestWhatRodeWithIt:
    async def test_still_goes_once_under_the_same_name(self, world: World) -> None:
        first, second, third = await post(world), await post(world), await post(world)

        await recalls.recall(first.message, by=world.dana)

        claimed = await claim_one()
        assert claimed.ref == first.delivery
        await sending.settle(claimed, ACCEPTED)
        states = [(await shown(each))[0] for each in (first, second, third)]
        assert states == ["cancelled", "sent", "sent"]
        await report("delivered", ref=claimed.ref)
        states = [(await shown(each))[0] for each in (first, second, third)]
        assert states == ["cancelled", "delivered", "delivered"]

    async def test_is_told_that_it_has_another_delivery_by_which_it_is_sent_again(self, world: World) -> None:
        first, _ = await post(world), await post(world)

        async with replay_law(world.dana):
            await recalls.recall(first.message, by=world.dana)

    async def test_stays_when_a_rider_is_taken_back(self, world: World) -> None:
        first, second = await post(world), await post(world)

        await recalls.recall(second.message, by=world.dana)

        assert (await claim_one()).ref == first.delivery
        assert (await shown(second))[0] == "cancelled"

    async def test_goes_although_the_worker_found_the_leader_taken_back(self, world: World) -> None:
        first = await post(world)
        claimed = await claim_one()
        await recalls.recall(first.message, by=world.dana)
        with pytest.raises(sending.Unsendable, match="taken_back") as no:
            await sending.write(claimed, HEAD)
        joined = await post(world)

        await sending.settle(claimed, sending.Fate("refused", no.value.reason))

        again = await claim_one()
        assert await sending.write(again, HEAD)
        await sending.settle(again, ACCEPTED)
        assert [(await shown(each))[0] for each in (first, joined)] == ["cancelled", "sent"]
        assert await trouble(world.ines_thread) is None

    async def test_nothing_is_posted_where_all_were_taken_back(self, world: World) -> None:
        both = [await post(world), await post(world)]
        claimed = await claim_one()
        for each in both:
            await recalls.recall(each.message, by=world.dana)
        with pytest.raises(sending.Unsendable, match="taken_back") as no:
            await sending.write(claimed, HEAD)

        await sending.settle(claimed, sending.Fate("refused", no.value.reason))

        assert [(await shown(each))[0] for each in both] == ["cancelled", "cancelled"]
        assert await sending.claim(5, lane=sending.Lane.TEXTS) == []


class TestUndo:
    @pytest.fixture(autouse=True)
    async def five_seconds(self, world: World) -> None:
        await models.Organization.filter(id=world.mercy.organization.id).update(undo_seconds=5)

    async def test_nothing_leaves_before_its_seconds_are_over(self, world: World) -> None:
        posted = await post(world)
        message = (await thread.messages([posted.message]))[posted.message]
        assert message.undo_until is not None
        assert 0 <= (message.undo_until - message.at).total_seconds() - 5 < 1

        assert await sending.claim(5, lane=sending.Lane.TEXTS) == []
        clock.shift(timedelta(seconds=6))
        assert (await claim_one()).ref == posted.delivery

    async def test_runs_out_once_for_quick_messages_that_share_a_notice(self, world: World) -> None:
        first = await post(world)
        clock.shift(timedelta(seconds=3))
        second = await post(world)

        ends = [(await thread.messages([each.message]))[each.message].undo_until for each in (first, second)]
        assert ends[0] == ends[1] is not None
        clock.shift(timedelta(seconds=6))
        assert (await claim_one()).ref == first.delivery
        assert await second.state() is State.SENDING

    async def test_of_the_first_lets_the_second_go_in_time(self, world: World) -> None:
        first = await post(world)
        clock.shift(timedelta(seconds=3))
        second = await post(world)
        await recalls.recall(first.message, by=world.dana)

        clock.shift(timedelta(seconds=6))
        await sending.settle(await claim_one(), ACCEPTED)

        assert (await shown(second))[0] == "sent"

    async def test_has_the_seconds_that_an_admin_chose_from_then_on(self, world: World) -> None:
        admin = replace(world.dana, role=models.Role.ADMIN)
        for seconds in (30, 30, 0):
            assert await recalls.set_undo_time(seconds, by=admin) == seconds

            posted = await post(world)
            message = (await thread.messages([posted.message]))[posted.message]
            held = (message.undo_until - message.at).total_seconds() if message.undo_until else 0
            assert round(held) == seconds
            await recalls.recall(posted.message, by=world.dana)
        assert await models.AuditEntry.filter(did="message:undo_time_set").count() == 2
        assert (await models.Organization.get(id=world.lakeside.organization.id)).undo_seconds == 0

    async def test_is_refused_its_length_to_who_is_no_admin_and_beyond_half_a_minute(self, world: World) -> None:
        admin = replace(world.dana, role=models.Role.ADMIN)
        for staff, seconds, code in (
            (admin, -1, "wrong_length"),
            (admin, 31, "wrong_length"),
            (world.dana, 9, "not_allowed"),
        ):
            with pytest.raises(Refusal) as refusal:
                await recalls.set_undo_time(seconds, by=staff)
            assert refusal.value.code == code


async def row_of(world: World) -> views.Row:
    return (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
