"""A proxy's access is looked at again: at the clinic's age, or at a date, and rests until somebody has."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server import clock, models
from server.db import transaction
from server.domain import outcomes, patients, proxies, proxy_reviews, tasks
from server.domain.proxies import ProxyDetails
from server.models import TaskKind
from tests.server.domain.test_proxies import add, refused, write
from tests.world import World

pytestmark = pytest.mark.anyio


class TestReview:
    async def test_at_the_age_the_access_rests_until_staff_have_looked(self, world: World) -> None:
        today = clock.now().date()
        born = today.replace(year=today.year - 18) + timedelta(days=1)
        await patients.change(world.ines.id, patients.Details(date_of_birth=born), by=world.dana)
        proxy = await add(world)
        await write(world)
        assert await proxy_reviews.look() == 0
        clock.shift(timedelta(days=2))

        assert await proxy_reviews.look() == 1
        assert await proxy_reviews.look() == 0

        assert not (await models.Proxy.get(id=proxy.id)).lives(clock.now())
        assert not await models.PortalLink.filter(proxy_id=proxy.id, revoked_at=None).exists()
        task = await models.Task.get(kind=TaskKind.REVIEW_PROXY)
        await outcomes.close(task.id, "kept", by=world.dana)
        assert (await models.Proxy.get(id=proxy.id)).lives(clock.now())
        assert await proxy_reviews.look() == 0

    async def test_the_age_is_the_clinics(self, world: World) -> None:
        today = clock.now().date()
        born = today.replace(year=today.year - 14) + timedelta(days=1)
        await patients.change(world.ines.id, patients.Details(date_of_birth=born), by=world.dana)
        await add(world)
        clock.shift(timedelta(days=2))
        assert await proxy_reviews.look() == 0

        await models.Organization.filter(id=world.ines.organization_id).update(proxy_review_age=14)

        assert await proxy_reviews.look() == 1

    async def test_who_was_grown_up_before_is_not_reviewed_for_it(self, world: World) -> None:
        await add(world)

        assert await proxy_reviews.look() == 0

    async def test_a_date_that_staff_set_counts_and_ending_closes_the_task(self, world: World) -> None:
        proxy = await add(world)
        await proxies.change(
            world.ines.id, proxy.id, ProxyDetails(review_at=clock.now() + timedelta(days=1)), by=world.dana
        )
        clock.shift(timedelta(days=2))
        assert await proxy_reviews.look() == 1

        await proxies.end(world.ines.id, proxy.id, "age", by=world.dana)

        assert not await models.Task.filter(kind=TaskKind.REVIEW_PROXY, current=True).exists()

    async def test_keeping_one_closes_the_task_and_lets_them_in_again(self, world: World) -> None:
        proxy = await add(world)
        await proxies.change(
            world.ines.id, proxy.id, ProxyDetails(review_at=clock.now() + timedelta(days=1)), by=world.dana
        )
        clock.shift(timedelta(days=2))
        await proxy_reviews.look()

        await proxies.review(world.ines.id, proxy.id, by=world.sam)

        assert (await models.Proxy.get(id=proxy.id)).lives(clock.now())
        assert not await models.Task.filter(kind=TaskKind.REVIEW_PROXY, current=True).exists()

    async def test_the_task_can_end_it(self, world: World) -> None:
        proxy = await add(world)
        async with transaction() as tx:
            patient = await models.Patient.get(id=world.ines.id)
            await proxies.pause(tx, patient, proxy, "age")
            conversation = await models.Conversation.get(id=world.ines_thread.id)
            task = await tasks.open(tx, conversation, TaskKind.REVIEW_PROXY)

        await outcomes.close(task.id, "ended", by=world.dana)

        assert (await models.Proxy.get(id=proxy.id)).ended_at is not None

    async def test_the_age_is_set_by_an_admin_within_reason(self, world: World) -> None:
        admin = replace(world.dana, role=models.Role.ADMIN)

        await proxy_reviews.set_age(14, by=admin)
        await proxy_reviews.set_age(14, by=admin)

        assert (await models.Organization.get(id=admin.organization)).proxy_review_age == 14
        assert await models.AuditEntry.filter(did="proxy:review_age_set").count() == 1
        await refused("wrong_age", proxy_reviews.set_age(11, by=admin))
        await refused("wrong_age", proxy_reviews.set_age(22, by=admin))
        await refused("not_allowed", proxy_reviews.set_age(16, by=world.dana))
