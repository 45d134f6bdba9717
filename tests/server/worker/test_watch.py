"""Operators see what waits and what looks odd."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from server import clock, models
from server.queries import outlets
from server.worker.watch import Watch
from tests.server.domain.sending.posting import post
from tests.server.queries.test_alarms import texts
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


def figure(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


class TestLook:
    async def test_shows_how_much_waits_and_for_how_long(self, world: World) -> None:
        await post(world)
        await models.Delivery.all().update(next_at=clock.now() - timedelta(seconds=90))

        await Watch().look()

        assert figure("bloomtext_backlog", lane="texts") == 1
        assert 90 <= figure("bloomtext_backlog_oldest_seconds", lane="texts") < 100
        assert figure("bloomtext_backlog", lane="mails") == 0

    async def test_raises_an_alarm_once_an_hour(self, world: World) -> None:
        await texts(world, range(2000, 2010))
        before, watch = figure("bloomtext_alarms_total", kind="consecutive"), Watch()

        for _ in range(2):
            await watch.look()
            clock.shift(timedelta(minutes=2))

        assert figure("bloomtext_alarms_total", kind="consecutive") - before == 1


class TestBacklog:
    async def test_leaves_out_what_is_not_due_yet(self, world: World) -> None:
        await post(world)
        await models.Delivery.all().update(next_at=clock.now() + timedelta(seconds=90))

        assert await outlets.backlog("texts") == outlets.Backlog(0, 0.0)
