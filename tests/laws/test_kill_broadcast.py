"""The law of the dying worker, for broadcasts: however often it is killed, everybody gets one text, and one only.

Of a text in whose post a worker dies nobody knows whether it went (record 0005). Its receipt tells; without one, a
person sends it again. After that, everybody has one, and nobody two.

A real worker process, a real carrier process, and a worker that dies (SIGKILL) somewhere among the recipients. For the
record: `BROADCAST_TO=5000 BROADCAST_KILLS=10 python -m pytest -s tests/laws/test_kill_broadcast.py`.
"""

import asyncio
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from server import clock, models
from server import files as storage
from server.domain import broadcasts, sending
from server.models import BroadcastState, State
from server.queries.broadcast_views import Filter
from server.simulator import invented
from tests.laws.test_kill_worker import Carrier, bury_the_dead, carrier_process, must_be_posted_once, workers
from tests.server.domain import casting, lists
from tests.server.domain.sending.posting import report
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
MANY = int(os.environ.get("BROADCAST_TO", "120"))
KILLS = int(os.environ.get("BROADCAST_KILLS", "4"))
PATIENCE = 120.0


async def test_everybody_gets_one_text_and_one_only(
    world: World, database: str, redis_url: str, tmp_path: Path
) -> None:
    account, began = invented.account(time_scale=0.02), time.monotonic()
    await models.PhoneNumber.all().update(per_minute=30_000)
    storage.use_folder(tmp_path)
    await lists.written(lists.HEADER + "".join(map(_line, range(MANY - 2))), by=world.val)
    await models.Organization.all().update(broadcast_alone=MANY)
    with carrier_process(account, tmp_path) as carrier:
        async with workers(database, redis_url, account, carrier) as running:
            row = await casting.begun(world, casting.said(Filter(ours=False)))
            running.start()
            for number in range(1, KILLS + 1):
                await _until_posted(row, more_than=MANY * number // (KILLS + 1))
                await asyncio.sleep(random.uniform(0, 0.05))
                running.kill_oldest()
                await _end_leases()
                running.start()
                must_be_posted_once(carrier.posts())
            await _until(row)
            await _until_settled()
            unknown = await models.Delivery.filter(state=State.UNCERTAIN).count()
            await _receipts_come(carrier)
            decided = await _somebody_decides(world)
            await _until_settled()

        posts = carrier.posts()

    must_be_posted_once(posts)
    assert await casting.states(row) == {"posted": MANY}
    accepted = Counter(post.to for post in posts if post.answer == "accepted")
    assert (len(accepted), set(accepted.values())) == (MANY, {1})
    assert not await models.Delivery.exclude(state__in=(State.SENT, State.DELIVERED)).filter(retried=False).exists()
    kind, took = database.partition(":")[0], time.monotonic() - began
    died = f"{unknown} of unknown fate: {unknown - decided} told by their receipt, {decided} sent again by a person"
    print(f"{kind}: {MANY} patients, {KILLS} kills, {len(posts)} posts, {len(accepted)} accepted; {died}; {took:.0f} s")


async def _receipts_come(carrier: Carrier) -> None:
    """Of a text in whose post a worker died nobody knows, until the carrier's receipt tells."""
    uncertain = {str(delivery.ref) for delivery in await models.Delivery.filter(state=State.UNCERTAIN)}
    for post in carrier.posts():
        if post.answer == "accepted" and post.client_ref in uncertain:
            await report("delivered", ref=post.client_ref, uuid=post.message_uuid, to=post.to)


async def _somebody_decides(world: World) -> int:
    """Those of which no receipt came are sent again by a person, who sees them in the report; how many."""
    left = await models.Delivery.filter(state=State.UNCERTAIN)
    for delivery in left:
        await sending.retry(delivery.id, by=world.dana)
    return len(left)


def _line(nth: int) -> str:
    """A patient with a phone on which the simulated carrier plays no trick: those end with 01 and two digits."""
    return f"+1312{560 + nth // 9000}{1000 + nth % 9000},,Pat,No{nth},,\n"


async def _end_leases() -> None:
    """As if a lease's time had passed: what the dead held is free."""
    await models.Work.filter(kind=broadcasts.KIND, done_at=None).update(lease_until=clock.now(), next_at=clock.now())
    await bury_the_dead()


async def _until_posted(row: models.Broadcast, *, more_than: int) -> None:
    """Another process commits, so there is nothing to wait on but time."""
    posted = models.BroadcastRecipient.filter(broadcast_id=row.id, state="posted")
    async with asyncio.timeout(PATIENCE + MANY):
        while await posted.count() <= more_than:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.05)


async def _until(row: models.Broadcast) -> None:
    async with asyncio.timeout(PATIENCE + MANY):
        while (await casting.again(row)).state is not BroadcastState.FINISHED:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.1)


async def _until_settled() -> None:
    is_open = models.Delivery.filter(state__in=(State.WAITING, State.SENDING))
    async with asyncio.timeout(PATIENCE):
        while await is_open.exists():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.1)
