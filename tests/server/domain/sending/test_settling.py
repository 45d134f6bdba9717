"""What an attempt came to, and what a dead worker left."""

from datetime import timedelta
from typing import Literal

import msgspec
import pytest

from server import clock, models
from server.domain import conversations, receipts, sending
from server.domain.sending import states
from server.domain.sending.sweeping import WORKER_LOST
from server.models import State, Via
from server.queries import events, inbox
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, report, trouble
from tests.server.domain.test_proxies import enter
from tests.world import World

pytestmark = pytest.mark.anyio


class TestSettle:
    async def test_an_accepted_one_is_sent_under_the_carriers_name(self, world: World) -> None:
        posted = await post(world)

        async with replay_law(world.dana):
            await sending.settle(await claim_one(), ACCEPTED)

        row = await posted.row()
        assert (row.state, row.carrier_ref, row.claim) == (State.SENT, "carrier-1", None)

    async def test_a_refused_one_fails_and_troubles_the_conversation(self, world: World) -> None:
        posted = await post(world)

        async with replay_law(world.dana):
            await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))

        row = await posted.row()
        assert (row.state, row.reason) == (State.FAILED, "bad_number")
        assert await trouble(world.ines_thread) == "failed"

    async def test_one_that_fails_after_the_next_was_written_is_shown_all_the_same(self, world: World) -> None:
        first, second = await post(world, Via.SMS), await post(world, Via.SMS, body="See you on Monday")
        await sending.settle(await claim_one(), sending.Fate("refused", "spam_filter"))
        clock.shift(timedelta(seconds=1))
        await sending.settle(await claim_one(), ACCEPTED)
        async with replay_law(world.dana):
            await report("delivered", ref=second.delivery)

        assert await first.state() is State.FAILED
        assert await trouble(world.ines_thread) == "failed"

    async def test_one_that_was_known_to_have_failed_is_left_behind_by_writing_again(self, world: World) -> None:
        await post(world, Via.SMS)
        await sending.settle(await claim_one(), sending.Fate("refused", "spam_filter"))
        clock.shift(timedelta(seconds=1))

        second = await post(world, Via.SMS, body="See you on Monday")
        await sending.settle(await claim_one(), ACCEPTED)
        await report("delivered", ref=second.delivery)

        assert await trouble(world.ines_thread) is None

    async def test_one_that_fails_later_and_is_tried_again_needs_nobody(self, world: World) -> None:
        first, second = await post(world), await post(world, Via.SMS)
        await report("delivered", ref=second.delivery)
        await report("rejected", ref=first.delivery, code="1260")
        assert await trouble(world.ines_thread) == "failed"

        await sending.retry(first.delivery, by=world.dana)

        assert await trouble(world.ines_thread) is None

    async def test_one_that_the_patient_read_by_another_way_needs_nobody(self, world: World) -> None:
        posted = await post(world)
        await report("rejected", ref=posted.delivery, code="1260")
        reader = await enter(None)

        async with replay_law(world.dana):
            await receipts.mark_viewed([1], by=reader)

        assert await trouble(world.ines_thread) is None

    @pytest.mark.parametrize(("fate", "said"), [("refused", "failed"), ("uncertain", "uncertain")])
    async def test_one_in_trouble_opens_what_was_marked_done(
        self, world: World, fate: Literal["refused", "uncertain"], said: str
    ) -> None:
        await post(world)
        await conversations.mark_done(world.ines_thread.id, by=world.dana)

        async with replay_law(world.dana), replay_law(world.robin, changes=False):
            await sending.settle(await claim_one(), sending.Fate(fate, "general"))

        row = await models.Conversation.get(id=world.ines_thread.id)
        assert (row.is_open, row.trouble) == (True, said)
        told = await events.beside(world.ines_thread.id, [], before=None, is_first=True)
        assert [(each.kind, each.by, each.why) for each in told][1:] == [("reopened", None, "undelivered")]
        listed = await inbox.page(world.dana, None, "undelivered", None)
        assert [each.id for each in listed.rows] == [world.ines_thread.id]

    async def test_one_that_arrives_leaves_done_what_is_done(self, world: World) -> None:
        posted = await post(world)
        await conversations.mark_done(world.ines_thread.id, by=world.dana)

        await sending.settle(await claim_one(), ACCEPTED)
        await report("delivered", ref=posted.delivery)

        assert not (await models.Conversation.get(id=world.ines_thread.id)).is_open

    async def test_an_uncertain_text_is_never_claimed_again(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), sending.Fate("uncertain", "silence"))

        clock.shift(timedelta(days=1))

        assert await posted.state() is State.UNCERTAIN
        assert await sending.claim(20, lane=sending.Lane.TEXTS) == []
        assert await trouble(world.ines_thread) == "uncertain"

    async def test_an_uncertain_mail_is_tried_again_under_the_same_name(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        await sending.settle(await claim_one(sending.Lane.MAILS), sending.Fate("uncertain", "cut"))

        clock.shift(timedelta(hours=2))

        assert (await claim_one(sending.Lane.MAILS)).ref == posted.delivery

    async def test_what_the_carrier_surely_has_not_got_is_tried_eight_times(self, world: World) -> None:
        posted, tries = await post(world), 0

        while await posted.state() is State.WAITING:
            clock.shift(timedelta(hours=tries))
            await sending.settle(await claim_one(), sending.Fate("retry", "http_503"))
            tries += 1

        assert tries == states.MOST_TRIES
        assert await posted.state() is State.FAILED

    async def test_waits_as_long_as_the_carrier_asks(self, world: World) -> None:
        posted, before = await post(world), clock.now()

        await sending.settle(await claim_one(), sending.Fate("retry", "throttled", retry_after=300))

        assert timedelta(seconds=299) < (await posted.row()).next_at - before < timedelta(seconds=310)

    async def test_riders_share_their_leaders_fate(self, world: World) -> None:
        await post(world)
        rider = await post(world)

        await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))

        assert await rider.state() is State.FAILED

    @pytest.mark.parametrize("kind", ["retry", "refused", "uncertain"])
    async def test_a_worker_whose_lease_ended_changes_nothing(self, world: World, kind: str) -> None:
        posted = await post(world)
        late = await claim_one()
        assert await sending.still_mine(late)
        clock.shift(sending.LEASE + timedelta(seconds=1))
        await sending.sweep()

        fate = msgspec.convert({"kind": kind, "reason": "late"}, sending.Fate)
        await sending.settle(late, fate)

        row = await posted.row()
        assert (row.state, row.reason) == (State.UNCERTAIN, WORKER_LOST)

    async def test_but_that_the_carrier_has_it_is_always_worth_knowing(self, world: World) -> None:
        posted = await post(world)
        late = await claim_one()
        await sending.still_mine(late)
        clock.shift(sending.LEASE + timedelta(seconds=1))
        await sending.sweep()

        await sending.settle(late, ACCEPTED)

        assert await posted.state() is State.SENT
        assert await trouble(world.ines_thread) is None

    async def test_a_report_that_came_first_is_not_undone(self, world: World) -> None:
        posted = await post(world)
        claimed = await claim_one()
        await report("delivered", ref=posted.delivery)

        for kind in ("accepted", "uncertain", "retry", "refused"):
            await sending.settle(claimed, msgspec.convert({"kind": kind}, sending.Fate))

        assert await posted.state() is State.DELIVERED


class TestSweep:
    async def test_makes_a_dead_workers_text_uncertain_at_once(self, world: World) -> None:
        posted = await post(world)
        assert await sending.still_mine(await claim_one())

        assert await sending.sweep() == 0
        clock.shift(sending.LEASE + timedelta(seconds=1))
        async with replay_law(world.dana):
            assert await sending.sweep() == 1

        assert await posted.state() is State.UNCERTAIN
        assert await trouble(world.ines_thread) == "uncertain"

    async def test_lets_a_text_wait_again_that_surely_was_not_posted(self, world: World) -> None:
        posted = await post(world)
        dead = await claim_one()

        clock.shift(sending.LEASE + timedelta(seconds=1))
        async with replay_law(world.dana):
            await sending.sweep()
        clock.shift(timedelta())
        is_still_the_dead_ones = await sending.still_mine(dead)

        row = await posted.row()
        assert (row.state, row.reason, is_still_the_dead_ones) == (State.WAITING, "late", False)

    async def test_asks_a_person_after_as_many_deaths_as_tries(self, world: World) -> None:
        posted = await post(world)
        await claim_one()
        await models.Delivery.filter(id=posted.delivery).update(attempts=states.MOST_TRIES)

        clock.shift(sending.LEASE + timedelta(seconds=1))
        await sending.sweep()

        assert await posted.state() is State.UNCERTAIN

    async def test_forgets_the_fence_of_an_earlier_try(self, world: World) -> None:
        posted = await post(world)
        earlier = await claim_one()
        await sending.still_mine(earlier)
        await sending.settle(earlier, sending.Fate("retry", "throttled"))
        clock.shift(timedelta(seconds=5))
        await claim_one()

        clock.shift(timedelta(seconds=5) + sending.LEASE + timedelta(seconds=1))
        await sending.sweep()

        assert await posted.state() is State.WAITING

    async def test_lets_a_dead_workers_mail_wait_again(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        await claim_one(sending.Lane.MAILS)

        clock.shift(timedelta(seconds=121))
        await sending.sweep()

        assert (await claim_one(sending.Lane.MAILS)).ref == posted.delivery

    async def test_a_receipt_settles_what_it_left_open(self, world: World) -> None:
        posted = await post(world)
        await sending.still_mine(await claim_one())
        clock.shift(sending.LEASE + timedelta(seconds=1))
        await sending.sweep()

        await report("delivered", ref=posted.delivery)

        assert await posted.state() is State.DELIVERED
        assert await trouble(world.ines_thread) is None
