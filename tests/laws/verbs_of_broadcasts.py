"""How the world is prepared for what a worker does with a broadcast. See `verbs`."""

from server import clock, models
from server.domain import broadcasts, jobs
from server.queries.broadcast_views import Filter
from tests.laws.verbs_of_proxies import Act, Verb
from tests.server.domain import casting
from tests.world import World


async def _next() -> jobs.Job:
    await models.Work.filter(kind=broadcasts.KIND, done_at=None).update(next_at=clock.now())
    [job] = await jobs.claim(1, kinds=[broadcasts.KIND])
    return job


async def _post(world: World) -> Act:
    await casting.more_patients(world, 1)
    await casting.begun(world, casting.said(Filter(ours=False)))
    await broadcasts.carry(await _next())
    job = await _next()
    return lambda: broadcasts.carry(job)


async def _take_back(world: World) -> Act:
    row = await casting.begun(world)
    for _ in range(2):
        await broadcasts.carry(await _next())
    await broadcasts.stop(row.id, by=world.dana)
    job = await _next()
    return lambda: broadcasts.carry(job)


WHAT_FOLLOWS = (_take_back,)
VERBS: dict[str, Verb] = {"broadcasts.carrying.carry": _post}
"""How the world is prepared for each verb of the replay law, and the verb to be watched."""
