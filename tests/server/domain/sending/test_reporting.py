"""What the carrier tells, in whatever order it tells it."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from server import models
from server.domain import sending
from server.domain.sending import states
from server.models import State, Via
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, report, status
from tests.world import World

pytestmark = pytest.mark.anyio


REPORTS = [
    ("submitted", None, State.SENT, None),
    ("delivered", None, State.DELIVERED, None),
    ("rejected", "1260", State.FAILED, "unreachable"),
    ("undeliverable", None, State.FAILED, "undeliverable"),
    ("rejected", "1330", State.UNCERTAIN, "unknown"),
]


class TestReport:
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(heard=some.lists(some.sampled_from(REPORTS), min_size=1, max_size=6))
    async def test_any_order_and_any_repeats_end_in_the_same_state(
        self, world: World, heard: list[tuple[str, str | None, State, str | None]]
    ) -> None:
        # All examples write to one patient: more than anybody may in a minute, and with more failures in a row.
        await models.Budget.all().delete()
        await models.Contact.all().delete()
        posted = await post(world, Via.SMS)

        for said, code, _, _ in heard:
            await report(said, ref=posted.delivery, code=code)

        best = max(states.rank(state, reason) for _, _, state, reason in heard)
        row = await posted.row()
        assert states.rank(row.state, row.reason) == best

    async def test_a_repeated_call_does_nothing(self, world: World) -> None:
        posted = await post(world)
        said = status("submitted", ref=posted.delivery)
        await sending.report(said, jti="once")
        before = await models.Conversation.get(id=world.ines_thread.id)

        await asyncio.gather(*(sending.report(said, jti=name) for name in ("once", "once", "twice", "twice")))

        assert (await models.Conversation.get(id=world.ines_thread.id)).rev == before.rev
        assert await models.AuditEntry.filter(about_id=posted.delivery, did="delivery:sent").count() == 1

    async def test_is_shown_on_every_screen(self, world: World) -> None:
        posted = await post(world)

        async with replay_law(world.dana):
            await report("rejected", ref=posted.delivery, code="1240")

        row = await posted.row()
        assert (row.state, row.reason) == (State.FAILED, "opted_out")

    async def test_finds_a_text_by_the_carriers_name_too(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), ACCEPTED)

        await report("delivered", uuid="carrier-1")

        assert await posted.state() is State.DELIVERED

    @pytest.mark.parametrize("ref", [None, "not-an-id", "0190a0a0-0000-7000-8000-000000000000"])
    async def test_forgets_politely_what_is_not_ours(self, world: World, ref: str | None) -> None:
        await report("delivered", ref=ref)

        assert await models.CarrierCall.all().count() == 1

    async def test_moves_all_that_rode_along(self, world: World) -> None:
        first, rider = await post(world), await post(world)
        await sending.settle(await claim_one(), ACCEPTED)

        await report("delivered", ref=first.delivery)

        assert await rider.state() is State.DELIVERED
