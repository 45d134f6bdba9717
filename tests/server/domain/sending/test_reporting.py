"""What the carrier tells, in whatever order it tells it."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from server import clock, keys, models
from server.domain import contacts, sending
from server.domain.sending import states
from server.domain.sending.sweeping import WORKER_LOST
from server.models import ContactKind, State, StopSource, TaskKind, Via
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post, report, status
from tests.server.domain.test_proxies import add, write
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


async def fresh_link(world: World) -> UUID:
    """A fresh link that went out to Ines; the name of its text at the carrier."""
    posted = await post(world)
    await sending.settle(await claim_one(), ACCEPTED)
    link = (await posted.row()).link_id
    await models.Work.create(kind="fresh_link", subject_id=link, next_at=clock.now(), created_at=clock.now())
    [errand] = await sending.claim_errands(5)
    await sending.settle_errand(errand, ACCEPTED, is_mail=False)
    return errand.id


class TestWhatThePortalAskedFor:
    async def test_reveals_a_stop_like_any_text(self, world: World) -> None:
        ref = await fresh_link(world)
        waiting = await post(world, Via.SMS)

        async with replay_law(world.dana), replay_law(world.alex, changes=False):
            await report("rejected", ref=ref, code="1240")

        stop = await models.Suppression.get()
        assert (stop.contact_index, stop.source) == (world.ines.phone_index, StopSource.CARRIER)
        assert (await waiting.row()).reason == "opted_out"

    async def test_that_finds_nobody_rests_the_phone_and_asks_a_person(self, world: World) -> None:
        ref = await fresh_link(world)

        async with replay_law(world.dana), replay_law(world.alex, changes=False):
            await report("rejected", ref=ref, code="1190")

        contact = await models.Contact.get(index=world.ines.phone_index)
        assert contact.pause == "number_dead"
        [task] = await models.Task.all()
        assert (task.kind, task.conversation_id) == (TaskKind.DEAD_CONTACT, world.ines_thread.id)

    async def test_counts_among_failures_in_a_row_until_one_arrives(self, world: World) -> None:
        ref = await fresh_link(world)
        await contacts.meet(world.mercy.organization.id, ContactKind.PHONE, world.ines.phone_index or "")

        for _ in range(2):
            await report("rejected", ref=ref, code="1180")
        assert (await models.Contact.get()).failures == 2

        await report("delivered", ref=ref)
        assert ((await models.Contact.get()).failures, await models.Task.all().count()) == (0, 0)

    async def test_that_is_refused_at_once_counts_too(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), ACCEPTED)
        link = (await posted.row()).link_id
        await models.Work.create(kind="fresh_link", subject_id=link, next_at=clock.now(), created_at=clock.now())
        [errand] = await sending.claim_errands(5)

        await sending.settle_errand(errand, sending.Fate("refused", "number_dead"), is_mail=False)

        assert [task.kind for task in await models.Task.all()] == [TaskKind.DEAD_CONTACT]

    async def test_of_a_proxy_rests_their_phone_and_not_the_patients(self, world: World) -> None:
        await add(world)
        await write(world)
        [errand] = await sending.claim_errands(5)
        await sending.settle_errand(errand, ACCEPTED, is_mail=False)

        await report("rejected", ref=errand.id, code="1240")

        ring = await keys.of(world.mercy.organization.id)
        assert (await models.Suppression.get()).contact_index == ring.blind("phone", "+13125550160")
        assert [task.kind for task in await models.Task.all()] == [TaskKind.PROXY_UNREACHED]

    async def test_of_a_proxy_whose_worker_died_is_told_to_staff(self, world: World) -> None:
        proxy = await add(world)
        await write(world)
        [errand] = await sending.claim_errands(5)
        assert await sending.begin_post(errand)
        clock.shift(timedelta(minutes=3))

        async with replay_law(world.dana):
            assert await sending.claim_errands(5) == []

        assert (await models.Proxy.get(id=proxy.id)).trouble == WORKER_LOST
        assert [task.kind for task in await models.Task.all()] == [TaskKind.PROXY_UNREACHED]
        entry = await models.AuditEntry.filter(did="delivery:settled").get()
        assert "worker_lost" in entry.data
