"""The law of the dying buyer: whatever kills a worker while it buys a number, the number is bought exactly once.

Real worker processes and a real carrier process. Each round kills a worker (SIGKILL) at a moment of its own: before,
in the middle of, or after a post whose answer is given, lost, or never comes.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from server import clock, models
from server.domain import number_orders
from server.models import OrderState
from server.simulator import invented
from tests.laws.test_kill_worker import Carrier, Workers, carrier_process, workers
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PATIENCE = 120.0
NUMBERS = [f"+1312555{end}" for end in ("0300", "0391", "0395", "0397")]


async def bids(carrier: Carrier, number: str) -> list[bool]:
    """Each post that would buy it: whether it did."""
    async with httpx2.AsyncClient() as client:
        said = (await client.get(f"http://127.0.0.1:{carrier.port}/_numbers")).json()
    return [each["is_done"] for each in said["bids"] if each["act"] == "buy" and f"+{each['msisdn']}" == number]


async def until(ask: Callable[[], Awaitable[object]]) -> None:
    """Other processes act, so there is nothing to wait on but time."""
    async with asyncio.timeout(PATIENCE):
        while not await ask():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.02)


async def bury_the_dead() -> None:
    """As if the lease of whoever was killed had ended."""
    held = models.Work.filter(kind=number_orders.KIND, done_at=None)
    await held.update(lease_until=clock.now(), next_at=clock.now())


async def test_a_number_is_bought_exactly_once(world: World, database: str, redis_url: str, tmp_path: Path) -> None:
    by, front = replace(world.dana, role=models.Role.ADMIN), world.mercy.teams["Front desk"].id
    account, bought = invented.account(time_scale=0.02), dict[str, list[bool]]()
    with carrier_process(account, tmp_path) as carrier:
        async with workers(database, redis_url, account, carrier) as running:
            for number in NUMBERS:
                order = await number_orders.order(number, front, by=by)
                await _die_in_the_middle(running, carrier, number)
                running.start()
                await bury_the_dead()
                await until_done(order)
                running.kill_oldest()
                bought[number] = await bids(carrier, number)

    assert {number: sum(done) for number, done in bought.items()} == dict.fromkeys(NUMBERS, 1)
    ours = [row.e164 for row in await models.PhoneNumber.filter(e164__in=NUMBERS)]
    assert sorted(ours) == NUMBERS


async def until_done(order: models.NumberOrder) -> None:
    async def is_done() -> bool:
        return (await models.NumberOrder.get(id=order.id)).state is OrderState.DONE

    await until(is_done)


async def _die_in_the_middle(running: Workers, carrier: Carrier, number: str) -> None:
    """A worker begins, and is killed: as soon as its post is at the carrier, or a moment before or after that."""
    running.start()
    order = models.NumberOrder.filter(e164=number)

    async def is_posted() -> bool:
        return bool(await bids(carrier, number))

    async def is_begun() -> bool:
        return await order.filter(tried_at__not_isnull=True).exists()

    await until(random.choice([is_posted, is_begun]))
    await asyncio.sleep(random.uniform(0, 0.03))
    running.kill_oldest()
