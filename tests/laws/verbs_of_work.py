"""How the world is prepared for the verbs about whose work a conversation is. See `verbs`."""

from datetime import timedelta

from server import clock
from server.domain import assignments, claims, jobs
from tests.laws.verbs_of_proxies import Act, Verb
from tests.world import World


async def _assign(world: World) -> Act:
    return lambda: assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)


async def _claim(world: World) -> Act:
    return lambda: claims.claim(world.ines_thread.id, by=world.dana)


async def _lapse(world: World) -> Act:
    await (await _claim(world))()
    clock.shift(timedelta(minutes=11))
    [job] = await jobs.claim(1, kinds=[claims.LAPSE])
    return lambda: claims.lapse(job)


VERBS: dict[str, Verb] = {
    "assignments.assign": _assign,
    "claims.claim": _claim,
    "claims.lapse": _lapse,
}
