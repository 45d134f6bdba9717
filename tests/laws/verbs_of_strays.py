"""The verbs by which it is said whose words those of an unknown sender are. As `verbs`."""

from uuid import UUID

from server import models
from server.domain import deleting, messages, misfiled, patients, strays
from tests.laws.verbs_of_proxies import Act
from tests.server.domain import aged
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World


async def a_stray(world: World) -> UUID:
    await receive(incoming("Is this the clinic?", sender="13125559999"))
    return (await models.Stray.get()).id


async def _attach(world: World) -> Act:
    stray = await a_stray(world)
    return lambda: strays.attach(stray, world.omar.id, by=world.dana)


async def _make_patient(world: World) -> Act:
    stray = await a_stray(world)
    return lambda: strays.make_patient(stray, patients.Details(first_name="Nora"), by=world.dana)


async def _detach(world: World) -> Act:
    stray = await a_stray(world)
    await strays.attach(stray, world.omar.id, by=world.dana)
    return lambda: misfiled.detach(stray, by=world.dana)


async def detach_from_nobody_else(world: World) -> Act:
    """Whom nobody knows but by these words."""
    stray = await a_stray(world)
    await strays.make_patient(stray, patients.Details(first_name="Nora"), by=world.dana)
    return lambda: misfiled.detach(stray, by=world.dana)


async def _move(world: World) -> Act:
    await receive(incoming("I cannot breathe"))
    message = await models.Message.get(conversation_id=world.ines_thread.id)
    return lambda: misfiled.move(message.id, world.omar.id, by=world.dana)


async def _delete(world: World) -> Act:
    thread = world.ines_thread
    await messages.post(thread.id, key="old", via=models.Via.SECURE_SMS, body="Long ago", by=world.dana)
    await aged.rule(world.mercy.organization)
    await aged.age(thread)
    return lambda: deleting.purge(thread.id)


VERBS = {
    "deleting.purge": _delete,
    "strays.attach": _attach,
    "strays.make_patient": _make_patient,
    "misfiled.detach": _detach,
    "misfiled.move": _move,
}
