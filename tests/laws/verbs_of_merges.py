"""How the world is prepared for two entries that are one person. See `verbs`."""

from server import models
from server.domain import merges, messages
from tests.laws.verbs_of_proxies import Act, Verb
from tests.server.domain import test_merges
from tests.server.domain.sending.posting import post
from tests.world import World


async def _written(world: World) -> models.Patient:
    """A second entry of Ines with a conversation of its own with the same team, and words on both sides."""
    other = await test_merges.twin(world)
    thread = await test_merges.opened(world, other, "Front desk", world.dana)
    await test_merges.said(thread.id, other.id, "Where do I park?")
    await post(world)
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="Thank you")
    return other


async def _merge(world: World) -> Act:
    other = await _written(world)
    return lambda: test_merges.merge(world, other, ["phone"])


async def _undo(world: World) -> Act:
    made = await test_merges.merge(world, await _written(world))
    return lambda: merges.undo(made.id, by=world.val)


async def _merge_into_a_new_one(world: World) -> Act:
    """The conversation goes on under another patient's name."""
    await post(world)
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="Thank you")
    other = await test_merges.twin(world)
    ines = await models.Patient.get(id=world.ines.id)
    return lambda: merges.merge(other.id, ines.id, [], revs=(other.rev, ines.rev), by=world.val)


WHAT_FOLLOWS = (_merge_into_a_new_one,)
VERBS: dict[str, Verb] = {"merges.merge": _merge, "merges.undo": _undo}
