"""The law of the dying sealer: whatever kills it, the chain has no gap, no fork and nothing twice.

Real processes seal as fast as they can, two at a time; each is killed (SIGKILL) somewhere in it and replaced.
"""

import asyncio
import random
import subprocess
import sys
from pathlib import Path

import pytest

from server import audit, chain, models
from server.audit import Did
from server.db import transaction
from server.domain import sealing
from server.queries import sealed
from server.queries.sealed import Reading
from tests import world as cast
from tests.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
ROUNDS = 8
A_ROUND = 40
SEALER = f"""
import asyncio, sys
from server import keys
from server.db import connect
from server.domain import sealing

async def main():
    keys.use_master(bytes.fromhex("{cast.MASTER.hex()}"))
    await connect.connect(sys.argv[1])
    sealing.AT_ONCE = 25
    print("begun", flush=True)
    while True:
        try:
            await sealing.seal()
        except Exception as failure:
            print(failure, file=sys.stderr)
        await asyncio.sleep(0.005)

asyncio.run(main())
"""


def sealer(url: str) -> "subprocess.Popen[bytes]":
    started = subprocess.Popen([sys.executable, "-c", SEALER, url], cwd=ROOT, stdout=subprocess.PIPE)
    assert started.stdout
    assert started.stdout.readline()
    started.stdout.close()
    return started


async def test_a_killed_sealer_leaves_a_whole_chain(world: World, database: str) -> None:
    living = [await asyncio.to_thread(sealer, database) for _ in range(2)]
    try:
        for number in range(ROUNDS):
            for _ in range(A_ROUND):
                async with transaction():
                    await audit.enter(Did.SIGN_OUT, organization=world.mercy.organization.id, data={"round": number})
            await asyncio.sleep(random.uniform(0, 0.03))
            dying = living.pop(0)
            dying.kill()
            dying.wait()
            living.append(await asyncio.to_thread(sealer, database))
    finally:
        for each in living:
            each.kill()
            each.wait()
    while await sealing.seal():
        pass

    for which in await sealed.chains():
        reading = Reading(which)
        assert [each async for each in sealed.faults(reading)] == []
        assert reading.unsealed == 0
        assert reading.sealed == await models.AuditEntry.filter(organization_id=chain.organization(which)).count()
