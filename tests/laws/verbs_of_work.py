"""How the world is prepared for the verbs about whose work a conversation is. See `verbs`."""

from server.domain import assignments
from tests.laws.verbs_of_proxies import Act, Verb
from tests.world import World


async def _assign(world: World) -> Act:
    return lambda: assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)


VERBS: dict[str, Verb] = {
    "assignments.assign": _assign,
}
