"""Budgets: counted the same by everybody, whatever happens at once."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from server import clock, errors, keys, models
from server.db import transaction
from server.domain import budgets
from tests import world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

QUARTER = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def furnished() -> Iterator[None]:
    keys.use_master(world.MASTER)
    yield
    clock.shift(timedelta())


async def is_spent(name: str, *, at_most: int = 3) -> bool:
    """Whether one more try is too many."""
    try:
        await budgets.spend(name, at_most=at_most, per=QUARTER)
    except errors.Refusal as refusal:
        return refusal.code == "too_many"
    return False


class TestSpend:
    async def test_refuses_what_is_more(self) -> None:
        assert [await is_spent("a") for _ in range(5)] == [False, False, False, True, True]

    async def test_holds_under_parallel_tries(self) -> None:
        refused = await asyncio.gather(*(is_spent("a") for _ in range(20)))

        assert refused.count(False) == 3

    async def test_begins_anew_after_its_window(self) -> None:
        for _ in range(4):
            await is_spent("a")

        clock.shift(timedelta(minutes=15, seconds=1))

        assert [await is_spent("a") for _ in range(4)] == [False, False, False, True]

    async def test_says_when_there_is_more(self) -> None:
        for _ in range(3):
            await is_spent("a")
        clock.shift(timedelta(minutes=5))

        with pytest.raises(errors.Refusal) as refusal:
            await budgets.spend("a", at_most=3, per=QUARTER)

        assert refusal.value.retry_after is not None
        assert 595 <= refusal.value.retry_after <= 600

    async def test_keeps_each_name_apart_and_no_name_readable(self) -> None:
        await is_spent("dana@mercy.example", at_most=1)

        assert not await is_spent("sam@mercy.example", at_most=1)
        assert not [row for row in await models.Budget.all() if "@" in row.name]

    async def test_cannot_be_forgotten_by_a_rollback(self) -> None:
        with pytest.raises(RuntimeError):
            async with transaction():
                await budgets.spend("a", at_most=3, per=QUARTER)


class TestForgive:
    async def test_begins_anew(self) -> None:
        for _ in range(4):
            await is_spent("a")

        await budgets.forgive("a")

        assert not await is_spent("a")


class TestGiveBack:
    async def test_takes_one_back_and_never_below_none(self) -> None:
        for _ in range(3):
            await is_spent("a")

        await budgets.give_back("a")

        assert [await is_spent("a") for _ in range(2)] == [False, True]
        await budgets.give_back("nothing")
