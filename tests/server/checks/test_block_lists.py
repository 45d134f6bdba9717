"""Whether an operator is reminded to hold the carrier's lists of stops beside our ledger."""

from datetime import timedelta

import pytest

from server import clock, models
from server.checks import block_lists
from server.domain import block_lists as lists
from server.models import OptOutMode
from tests.world import World

pytestmark = pytest.mark.anyio


async def verdicts() -> list[str]:
    return [each.verdict for each in await block_lists.compared()]


async def assisted(world: World) -> str:
    """The front desk's number is 31 days old, and the carrier answers STOP for it."""
    number = world.mercy.numbers["Front desk"]
    old = clock.now() - timedelta(days=31)
    await models.PhoneNumber.filter(id=number.id).update(opt_outs=OptOutMode.ASSIST, created_at=old)
    return number.e164


async def test_nothing_is_said_where_we_answer_ourselves(world: World) -> None:
    await models.PhoneNumber.all().update(created_at=clock.now() - timedelta(days=31))

    assert await verdicts() == []


async def test_a_number_that_was_never_compared_is_named(world: World) -> None:
    await assisted(world)

    [found] = await block_lists.compared()

    assert found.verdict == "cannot tell"
    assert "(312) 555-0100" in found.sentence
    assert "(312) 555-0101" not in found.sentence


async def test_it_is_right_for_thirty_days_after(world: World) -> None:
    number = await assisted(world)
    await lists.reconcile(number, [])

    assert await verdicts() == ["ok"]
    clock.shift(timedelta(days=31))
    try:
        assert await verdicts() == ["cannot tell"]
    finally:
        clock.shift(timedelta())


async def test_a_new_number_has_thirty_days(world: World) -> None:
    await assisted(world)
    await models.PhoneNumber.all().update(created_at=clock.now() - timedelta(days=29))

    assert await verdicts() == ["ok"]
