"""The replay law: for every verb, an old screen and the Facts since equal a fresh screen. The list is complete."""

import inspect
import pkgutil
from collections.abc import Awaitable, Callable
from importlib import import_module

import pytest

from server import domain
from server.domain import conversations, messages, patients
from server.models import Via
from tests.laws.replay import replay_law
from tests.world import World

pytestmark = pytest.mark.anyio
Verb = Callable[[World], Awaitable[object]]


async def _post(world: World) -> object:
    return await messages.post(world.ines_thread.id, key="k1", via=Via.SECURE_SMS, body="Hello", by=world.dana)


async def _reply(world: World) -> object:
    return await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p1", body="Thank you")


async def _open(world: World) -> object:
    billing = world.mercy.teams["Billing"].id
    return await conversations.open_with(world.ines.id, billing, by=world.robin)


async def _done(world: World) -> object:
    return await conversations.mark_done(world.ines_thread.id, by=world.dana)


async def _reopen(world: World) -> object:
    await _done(world)
    return await conversations.reopen(world.ines_thread.id, by=world.dana)


async def _seen(world: World) -> None:
    await conversations.mark_seen(world.ines_thread.id, 1, by=world.dana)


async def _rename(world: World) -> object:
    details = patients.Details(first_name="Inés", phone="312-555-0177")
    return await patients.change(world.ines.id, details, by=world.dana)


@pytest.mark.parametrize("verb", [_post, _reply, _done, _rename])
async def test_a_verb_obeys_the_replay_law(world: World, verb: Verb) -> None:
    async with replay_law(world.dana):
        await verb(world)


async def test_opening_obeys_it_for_the_team_it_is_opened_with(world: World) -> None:
    async with replay_law(world.robin):
        await _open(world)


async def test_a_supervisor_sees_what_every_team_sees(world: World) -> None:
    async with replay_law(world.val):
        await _open(world)
        await _post(world)
        await _reply(world)


async def test_reading_marks_agree_on_all_screens_of_one_person(world: World) -> None:
    await _reply(world)
    async with replay_law(world.dana):
        await _seen(world)


async def test_nobody_elses_screen_hears_of_it(world: World) -> None:
    async with replay_law(world.alex, changes=False):
        await _post(world)
        await _reopen(world)
        await _rename(world)


COVERED_BY = {
    "server.domain.messages": {"post": "here", "reply": "here"},
    "server.domain.conversations": {
        "open_with": "here",
        "current": "through open_with",
        "mark_done": "here",
        "reopen": "here",
        "mark_seen": "here",
        "note_reading": "records no Fact",
    },
    "server.domain.patients": {
        "create": "shows in the directory, not in an inbox",
        "change": "here",
        "consent": "shows in the directory, not in an inbox",
        "end_consent": "shows in the directory, not in an inbox",
    },
}


def test_every_verb_that_records_facts_is_listed() -> None:
    found = {}
    for module in pkgutil.iter_modules(domain.__path__, "server.domain."):
        source = import_module(module.name)
        verbs = {
            name
            for name, value in vars(source).items()
            if inspect.iscoroutinefunction(value) and value.__module__ == module.name and not name.startswith("_")
        }
        if "tx.record" in inspect.getsource(source):
            found[module.name] = verbs
    assert {name: set(verbs) for name, verbs in COVERED_BY.items()} == found
