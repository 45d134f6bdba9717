"""The circuit of our account with a carrier: when it opens, what it lets through, and how it closes."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from server import audit, clock, facts, models
from server.domain import accounts, sending
from server.domain.accounts import Attempt, Showing
from server.domain.sending import Lane
from server.models import State
from tests.server.domain.sending.posting import ACCEPTED, claim_one, post
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def true_clock() -> AsyncIterator[None]:
    yield
    clock.shift(timedelta())


async def note(showing: Showing, code: str | None = None, *, is_trial: bool = False, retry_after: float = 0) -> bool:
    attempt = Attempt(clock.now(), showing, code, retry_after, is_trial)
    return await accounts.note("texts", attempt)


async def account() -> models.Account:
    return await models.Account.get(id="texts")


async def told(world: World) -> int:
    told = models.FactRecord.filter(kind=facts.SendingChanged.kind, stream_id=world.mercy.organization.id)
    return await told.count()


class TestNote:
    async def test_trouble_of_ours_opens_it_at_once(self, world: World) -> None:
        counts = await note(Showing.OURS, "credit")

        row = await account()
        assert (counts, row.state, row.code) == (True, "open", "credit")
        assert await models.AuditEntry.filter(did=audit.Did.ACCOUNT_OPENED).count() == 1

    async def test_five_without_an_answer_open_it_and_four_do_not(self, world: World) -> None:
        states = []
        for _ in range(5):
            await note(Showing.SHAKY, "silence")
            states.append((await account()).state)

        assert states == ["closed"] * 4 + ["open"]

    async def test_they_must_be_in_a_row(self, world: World) -> None:
        for showing in (*[Showing.SHAKY] * 4, Showing.WELL, *[Showing.SHAKY] * 4):
            await note(showing, "network")

        assert (await account()).state == "closed"

    async def test_patience_slows_it_and_does_not_open_it(self, world: World) -> None:
        await post(world)
        counts = [await note(Showing.SLOW, "throttled", retry_after=3) for _ in range(9)]

        assert not any(counts)
        assert (await account()).state == "closed"
        assert await sending.claim(20, lane=Lane.TEXTS) == []
        clock.shift(timedelta(seconds=4))
        assert len(await sending.claim(20, lane=Lane.TEXTS)) == 1

    async def test_what_fails_while_it_is_open_does_not_count(self, world: World) -> None:
        await note(Showing.OURS, "auth")
        until = (await account()).next_at

        assert not await note(Showing.OURS, "auth")
        assert (await account()).next_at == until

    async def test_what_was_claimed_before_does_not_close_it(self, world: World) -> None:
        before = Attempt(clock.now() - timedelta(seconds=1), Showing.WELL)
        await note(Showing.OURS, "auth")

        await accounts.note("texts", before)

        assert (await account()).state == "open"

    async def test_each_one_sent_for_nothing_doubles_the_pause_up_to_ten_minutes(self, world: World) -> None:
        await note(Showing.OURS, "auth")
        pauses = []
        for _ in range(8):
            before = clock.now()
            await note(Showing.OURS, "auth", is_trial=True)
            until = (await account()).next_at
            assert until
            pauses.append(round((until - before).total_seconds()))

        assert pauses == [60, 120, 240, 480, 600, 600, 600, 600]

    async def test_it_tells_the_clinics_whose_messages_wait_and_tells_them_again_when_it_is_over(
        self, world: World
    ) -> None:
        await post(world)
        await note(Showing.OURS, "credit")
        during = await told(world)
        await models.Delivery.all().update(state=State.CANCELLED)

        await note(Showing.WELL)

        assert (during, await told(world)) == (1, 2)
        assert await models.FactRecord.filter(kind=facts.SendingChanged.kind).count() == 2
        assert await models.AuditEntry.filter(did=audit.Did.ACCOUNT_CLOSED).count() == 1


class TestTellNewcomers:
    async def test_tells_a_clinic_once_that_its_messages_wait(self, world: World) -> None:
        await note(Showing.OURS, "credit")
        await post(world)

        for _ in range(3):
            await accounts.tell_newcomers()

        assert await told(world) == 1

    async def test_tells_nobody_while_all_is_well(self, world: World) -> None:
        await post(world)
        await accounts.tell_newcomers()

        assert await told(world) == 0


class TestClaims:
    async def test_take_nothing_while_it_is_open_then_one_to_see_then_all(self, world: World) -> None:
        await post(world)
        await post(world, to=world.omar_thread)
        await note(Showing.OURS, "credit")
        resting = await sending.claim(20, lane=Lane.TEXTS)
        clock.shift(timedelta(seconds=31))

        trial = await claim_one()
        meanwhile = await sending.claim(20, lane=Lane.TEXTS)
        await accounts.note("texts", Attempt(trial.taken_at, Showing.WELL, is_trial=True))
        await sending.settle(trial, ACCEPTED)

        assert (resting, trial.is_trial, meanwhile) == ([], True, [])
        assert len(await sending.claim(20, lane=Lane.TEXTS)) == 1
        assert (await account()).state == "closed"

    async def test_another_is_tried_when_the_one_that_was_sent_to_see_never_comes_back(self, world: World) -> None:
        await post(world)
        await post(world, to=world.omar_thread)
        await note(Showing.OURS, "credit")
        clock.shift(timedelta(seconds=31))
        lost = await claim_one()
        clock.shift(timedelta(seconds=31) + accounts.TRIAL + timedelta(seconds=1))

        assert (await claim_one()).ref != lost.ref

    async def test_one_that_could_not_be_posted_after_all_gives_its_place_to_the_next(self, world: World) -> None:
        await post(world)
        await post(world, to=world.omar_thread)
        await note(Showing.OURS, "credit")
        clock.shift(timedelta(seconds=31))
        first = await claim_one()

        await note(Showing.NOTHING, is_trial=True)

        assert (await claim_one()).ref != first.ref

    async def test_the_other_account_goes_on(self, world: World) -> None:
        await note(Showing.OURS, "credit")
        mail = await post(world, models.Via.SECURE_EMAIL)

        assert (await claim_one(Lane.MAILS)).ref == mail.delivery


class TestSettle:
    async def test_one_that_does_not_count_waits_for_the_account_and_loses_no_try(self, world: World) -> None:
        posted = await post(world)
        claimed = await claim_one()

        await sending.settle(claimed, sending.Fate("retry", "credit"), counts=False)

        row = await posted.row()
        assert (row.state, row.reason, row.attempts) == (State.WAITING, "outage", 0)

    async def test_a_text_of_unknown_fate_never_waits_again(self, world: World) -> None:
        posted = await post(world)

        await sending.settle(await claim_one(), sending.Fate("uncertain", "silence"), counts=False)

        assert await posted.state() is State.UNCERTAIN
