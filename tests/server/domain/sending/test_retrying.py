"""A person asks for a new try."""

import asyncio

import pytest

from server import access, models
from server.domain import patients, sending
from server.errors import Refusal
from server.models import State
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import HEAD, claim_one, post, trouble
from tests.world import World

pytestmark = pytest.mark.anyio


class TestRetry:
    async def test_makes_a_delivery_of_its_own(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))

        async with replay_law(world.dana):
            assert await sending.retry(posted.delivery, by=world.dana) == posted.message

        assert (await claim_one()).ref != posted.delivery
        assert await posted.state() is State.FAILED
        assert await trouble(world.ines_thread) is None

    async def test_goes_to_the_contact_now_on_file(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))
        await patients.change(world.ines.id, patients.Details(phone="312-555-0177"), by=world.dana)

        await sending.retry(posted.delivery, by=world.dana)

        letter = await sending.write(await claim_one(), HEAD)
        assert isinstance(letter, sending.Text)
        assert letter.to == "+13125550177"

    async def test_takes_the_riders_along_in_one_notice(self, world: World) -> None:
        first, rider = await post(world), await post(world)
        await sending.settle(await claim_one(), sending.Fate("uncertain", "cut"))

        await sending.retry(rider.delivery, by=world.dana)

        again = await claim_one()
        carried = await models.Delivery.filter(ref=again.ref).values_list("message_id", flat=True)
        assert set(carried) == {first.message, rider.message}

    async def test_is_possible_once(self, world: World) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))

        asked = await asyncio.gather(
            *(sending.retry(posted.delivery, by=world.dana) for _ in range(3)), return_exceptions=True
        )

        codes = sorted(one.code if isinstance(one, Refusal) else "done" for one in asked)
        assert codes == ["already_retried", "already_retried", "done"]

    async def test_is_refused_for_what_did_not_fail(self, world: World) -> None:
        posted = await post(world)

        with pytest.raises(Refusal) as refused:
            await sending.retry(posted.delivery, by=world.dana)

        assert refused.value.code == "nothing_to_retry"

    @pytest.mark.parametrize(("who", "code"), [("alex", "unknown"), ("robin", "unknown"), ("val", "not_allowed")])
    async def test_is_for_members_of_the_team_only(self, world: World, who: str, code: str) -> None:
        posted = await post(world)
        await sending.settle(await claim_one(), sending.Fate("refused", "bad_number"))
        stranger: access.Staff = getattr(world, who)

        with pytest.raises(Refusal) as refused:
            await sending.retry(posted.delivery, by=stranger)

        assert refused.value.code == code
