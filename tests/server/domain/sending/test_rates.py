"""No more texts a second than our key may send, nor a minute than a number may; all workers count together."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from server import clock, models
from server.domain import conversations, patients, sending
from server.domain.sending import Lane
from server.models import Via
from tests.server.domain.sending.posting import claim_one, post
from tests.world import World

pytestmark = pytest.mark.anyio


async def posts(world: World, count: int, *, team: str = "Front desk", first: int = 1000) -> None:
    for nth in range(first, first + count):
        patient = await patients.create(patients.Details(first_name="Pat", phone=f"+1312555{nth}"), by=world.dana)
        to, _ = await conversations.open_with(patient.id, world.mercy.teams[team].id, by=world.dana)
        await post(world, to=to)


async def taken_before(ago: timedelta, count: int) -> None:
    """As if so many of the waiting texts had been taken then."""
    rows = await models.Delivery.filter(state=models.State.WAITING).limit(count)
    ids = [row.id for row in rows]
    await models.Delivery.filter(id__in=ids).update(state=models.State.SENT, taken_at=clock.now() - ago)


class TestTheKey:
    async def test_takes_thirty_in_a_second_over_all_workers(self, world: World) -> None:
        await posts(world, 34)

        taken = await asyncio.gather(*(sending.claim(20, lane=Lane.TEXTS) for _ in range(4)))
        clock.shift(timedelta(seconds=1))
        later = await sending.claim(20, lane=Lane.TEXTS)

        assert sum(map(len, taken)) == 30
        assert len(later) == 4

    async def test_counts_the_portals_errands(self, world: World) -> None:
        await posts(world, 3)
        now = clock.now()
        for _ in range(28):
            await models.Work.create(id=uuid4(), kind="portal_code", next_at=now, created_at=now, taken_at=now)

        assert len(await sending.claim(20, lane=Lane.TEXTS)) == 2

    async def test_lets_errands_wait_when_texts_have_used_it_up(self, world: World) -> None:
        await posts(world, 30)
        await taken_before(timedelta(), 30)
        now = clock.now()
        await models.Work.create(id=uuid4(), kind="portal_code", subject_id=uuid4(), next_at=now, created_at=now)

        assert await sending.claim_errands(2) == []
        clock.shift(timedelta(seconds=1))
        assert len(await sending.claim_errands(2)) == 1

    async def test_leaves_mails_alone(self, world: World) -> None:
        await posts(world, 30)
        await taken_before(timedelta(), 30)
        mail = await post(world, Via.SECURE_EMAIL)

        assert (await claim_one(Lane.MAILS)).ref == mail.delivery


class TestTheNumber:
    async def test_takes_no_more_in_a_minute_than_it_may_send(self, world: World) -> None:
        await models.PhoneNumber.all().update(per_minute=3)
        await posts(world, 6)

        first = await sending.claim(20, lane=Lane.TEXTS)
        nothing = await sending.claim(20, lane=Lane.TEXTS)
        clock.shift(timedelta(seconds=61))

        assert (len(first), nothing) == (3, [])
        assert len(await sending.claim(20, lane=Lane.TEXTS)) == 3

    async def test_that_rests_does_not_hold_up_the_others(self, world: World) -> None:
        await posts(world, 4)
        number = (
            await models.PhoneNumber.filter(team_id=world.mercy.teams["Front desk"].id).order_by("created_at").first()
        )
        assert number
        await models.PhoneNumber.filter(id=number.id).update(per_minute=4)
        await taken_before(timedelta(seconds=30), 4)
        await posts(world, 30, first=2000)
        other = await post(world, to=world.omar_thread)
        another = await models.PhoneNumber.create(
            organization_id=number.organization_id, team_id=number.team_id, e164="+13125550777", created_at=clock.now()
        )
        await models.Delivery.filter(id=other.delivery).update(phone_number_id=another.id)

        assert [claimed.ref for claimed in await sending.claim(5, lane=Lane.TEXTS)] == [other.delivery]
