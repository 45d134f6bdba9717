"""How the world is prepared for what a worker does with a list of patients. See `verbs`."""

from server.domain import imports, jobs
from server.importing import Decision
from tests.laws.verbs_of_proxies import Act, Verb
from tests.server.domain import lists
from tests.world import World

RENAMED = lists.HEADER + ",M-1001,Inez,Calderon-Diaz,,\n"


async def _write(world: World) -> Act:
    run = await lists.checked(RENAMED, by=world.val)
    await imports.decide(run.id, Decision(take=["first_name", "last_name"]), by=world.val)
    await imports.start(run.id, by=world.val)
    [job] = await jobs.claim(1, kinds=[imports.KIND])
    return lambda: imports.carry(job)


async def _undo(world: World) -> Act:
    run = await lists.written(RENAMED, by=world.val, decision=Decision(take=["first_name", "last_name"]))
    await imports.undo(run.id, by=world.val)
    [job] = await jobs.claim(1, kinds=[imports.KIND])
    return lambda: imports.carry(job)


WHAT_FOLLOWS = (_undo,)
VERBS: dict[str, Verb] = {"imports.carrying.carry": _write}
