"""The same for what is for the team alone, and for whether somebody is among the patients of now."""

from server import models
from server.domain import notes, patient_states, tags
from tests.laws.verbs_of_proxies import Act, Verb
from tests.server.domain.sending.posting import post
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


async def _archive(world: World) -> Act:
    return lambda: patient_states.archive(world.ines.id, by=world.dana)


async def _restore(world: World) -> Act:
    await (await _archive(world))()
    return lambda: patient_states.restore(world.ines.id, by=world.dana)


async def _mark_deceased(world: World) -> Act:
    await post(world)
    return lambda: patient_states.mark_deceased(world.ines.id, by=world.dana)


async def _unmark_deceased(world: World) -> Act:
    await (await _mark_deceased(world))()
    return lambda: patient_states.unmark_deceased(world.ines.id, by=world.dana)


VERBS: dict[str, Verb] = {
    "notes.write": _write_note,
    "tags.put_on": _put_on,
    "tags.take_off": _take_off,
    "patient_states.archive": _archive,
    "patient_states.restore": _restore,
    "patient_states.mark_deceased": _mark_deceased,
    "patient_states.unmark_deceased": _unmark_deceased,
}
