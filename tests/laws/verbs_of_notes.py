"""The same for what is for the team alone."""

from server.domain import notes
from tests.laws.verbs_of_proxies import Act, Verb
from tests.world import World


async def _write_note(world: World) -> Act:
    return lambda: notes.write(world.ines_thread.id, key="n", body="Her daughter called", by=world.dana)


VERBS: dict[str, Verb] = {"notes.write": _write_note}
