"""Texts to numbers that follow each other, and far more texts than usual, are told to whoever runs the service."""

from datetime import timedelta

import pytest

from server import clock, keys, models, tokens
from server.queries import alarms
from server.queries.alarms import Alarm, longest_row
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio


async def texts(world: World, numbers: range, *, ago: timedelta = timedelta(), step: int = 1) -> None:
    """As if Mercy had sent one text to each of these phones, then."""
    pattern = await models.Delivery.first() or await models.Delivery.get(id=(await post(world)).delivery)
    ring = await keys.of(world.mercy.organization.id)
    at, rows = clock.now() - ago, []
    for number in numbers:
        e164, ref = f"+1312555{number * step:04d}", tokens.new_id()
        row = models.Delivery(
            id=ref,
            ref=ref,
            organization_id=pattern.organization_id,
            conversation_id=pattern.conversation_id,
            message_id=pattern.message_id,
            phone_number_id=pattern.phone_number_id,
            carries=models.Carries.NOTICE_SMS,
            to_index=ring.blind("phone", e164),
            to_sealed=ring.seal("delivery", "to", ref, e164),
            state=models.State.SENT,
            changed_at=at,
            next_at=at,
            created_at=at,
            taken_at=at,
        )
        rows.append(row)
    await models.Delivery.bulk_create(rows)


class TestLongestRow:
    @pytest.mark.parametrize(
        ("numbers", "row"), [([], 0), ([7], 1), ([3, 1, 2], 3), ([1, 2, 4, 5, 6], 3), ([1, 1, 1], 1)]
    )
    def test_counts_what_follows_without_a_gap(self, numbers: list[int], row: int) -> None:
        assert longest_row(numbers) == row


class TestFound:
    async def test_ten_numbers_in_a_row_within_ten_minutes(self, world: World) -> None:
        await texts(world, range(2000, 2010))

        assert await alarms.found() == [Alarm("consecutive", world.mercy.organization.id)]

    @pytest.mark.parametrize(("numbers", "step", "minutes"), [(9, 1, 0), (20, 2, 0), (10, 1, 11)])
    async def test_nothing_for_fewer_or_with_gaps_or_longer_ago(
        self, world: World, numbers: int, step: int, minutes: int
    ) -> None:
        await texts(world, range(2000, 2000 + numbers), step=step, ago=timedelta(minutes=minutes))

        assert await alarms.found() == []

    async def test_five_times_the_mean_hour_of_last_week(self, world: World) -> None:
        await texts(world, range(1000, 1000 + 168 * 12), ago=timedelta(days=2), step=2)
        await texts(world, range(1000, 1060), ago=timedelta(minutes=30), step=2)
        usual = await alarms.found()

        await texts(world, range(1000, 1002), ago=timedelta(minutes=30), step=2)

        assert (usual, await alarms.found()) == ([], [Alarm("spike", world.mercy.organization.id)])

    async def test_no_spike_below_fifty(self, world: World) -> None:
        await texts(world, range(1000, 1049), ago=timedelta(minutes=30), step=2)

        assert await alarms.found() == []
