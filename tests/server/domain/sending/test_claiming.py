"""A worker takes what is due, and knows whether it still holds it."""

import asyncio
from datetime import timedelta

import pytest

from server import clock, models
from server.domain import sending
from server.models import State, Via
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, report
from tests.world import World

pytestmark = pytest.mark.anyio


class TestClaim:
    async def test_takes_what_is_due_once(self, world: World) -> None:
        posted = await post(world)

        claimed = await claim_one()

        assert claimed.ref == posted.delivery
        assert await posted.state() is State.SENDING
        assert await sending.claim(20, lane=sending.Lane.TEXTS) == []

    async def test_takes_the_riders_along(self, world: World) -> None:
        first, second = await post(world), await post(world)

        claimed = await claim_one()

        assert claimed.ref == first.delivery
        assert await second.state() is State.SENDING

    async def test_gives_each_of_two_workers_something_else(self, world: World) -> None:
        posted = [await post(world), await post(world, to=world.omar_thread)]

        taken = await asyncio.gather(*(sending.claim(1, lane=sending.Lane.TEXTS) for _ in range(8)))

        refs = [claimed.ref for one in taken for claimed in one]
        refs += [claimed.ref for claimed in await sending.claim(20, lane=sending.Lane.TEXTS)]
        assert sorted(refs) == sorted(one.delivery for one in posted)

    async def test_never_takes_a_later_text_of_a_conversation_before_an_earlier_one(self, world: World) -> None:
        first, second = await post(world, Via.SMS), await post(world, Via.SMS)

        earlier = await claim_one()
        nothing = await sending.claim(20, lane=sending.Lane.TEXTS)
        await sending.settle(earlier, ACCEPTED)
        later = await claim_one()

        assert (earlier.ref, nothing, later.ref) == (first.delivery, [], second.delivery)

    async def test_lets_a_text_that_waits_for_its_next_try_hold_back_those_behind_it(self, world: World) -> None:
        first, _ = await post(world, Via.SMS), await post(world, Via.SMS)
        await sending.settle(await claim_one(), sending.Fate("retry", "throttled", retry_after=600))

        assert await sending.claim(20, lane=sending.Lane.TEXTS) == []
        clock.shift(timedelta(seconds=601))
        assert (await claim_one()).ref == first.delivery

    async def test_does_not_let_a_mail_wait_for_a_text(self, world: World) -> None:
        await post(world, Via.SECURE_SMS)
        mail = await post(world, Via.SECURE_EMAIL)
        await claim_one()

        assert (await claim_one(sending.Lane.MAILS)).ref == mail.delivery

    @pytest.mark.parametrize("plan", [models.Plan.SUSPENDED, models.Plan.NONE, models.Plan.TRIAL])
    async def test_leaves_what_a_clinic_may_not_send_now(self, world: World, plan: models.Plan) -> None:
        await post(world)
        of_mercy = models.Organization.filter(id=world.mercy.organization.id)
        await of_mercy.update(plan=plan, plan_ends_at=clock.now() - timedelta(seconds=1))

        assert await sending.claim(20, lane=sending.Lane.TEXTS) == []
        await of_mercy.update(plan=models.Plan.TRIAL, plan_ends_at=clock.now() + timedelta(days=1))
        assert len(await sending.claim(20, lane=sending.Lane.TEXTS)) == 1

    async def test_is_seen_on_every_screen(self, world: World) -> None:
        await post(world)

        async with replay_law(world.dana):
            await claim_one()


class TestStillMine:
    async def test_holds_until_the_lease_is_too_short_for_a_post(self, world: World) -> None:
        await post(world)
        claimed = await claim_one()

        assert await sending.still_mine(claimed)
        clock.shift(timedelta(seconds=30))
        assert not await sending.still_mine(claimed)

    async def test_is_over_once_somebody_else_has_settled_it(self, world: World) -> None:
        posted = await post(world)
        claimed = await claim_one()

        await report("submitted", ref=posted.delivery)

        assert not await sending.still_mine(claimed)
