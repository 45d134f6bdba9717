"""The same for what is for the team alone."""

from server import models
from server.domain import notes, tags
from tests.laws.verbs_of_proxies import Act, Verb
from tests.world import World


async def _write_note(world: World) -> Act:
    return lambda: notes.write(world.ines_thread.id, key="n", body="Her daughter called", by=world.dana)


async def _put_on(world: World) -> Act:
    tag = await tags.create("Refill", models.Colour.TEAL, by=world.val)
    return lambda: tags.put_on(world.ines_thread.id, tag.id, by=world.dana)


async def _take_off(world: World) -> Act:
    await (await _put_on(world))()
    tag = await models.Tag.get()
    return lambda: tags.take_off(world.ines_thread.id, tag.id, by=world.dana)


VERBS: dict[str, Verb] = {"notes.write": _write_note, "tags.put_on": _put_on, "tags.take_off": _take_off}
