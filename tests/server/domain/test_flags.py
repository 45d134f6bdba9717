"""What may be urgent is told to whoever comes to the inbox while nobody has looked, and not much later."""

from datetime import timedelta
from uuid import UUID

import pytest

from server import access, clock
from server.domain import conversations, messages, outcomes, strays
from server.models import Stray, Task, Via
from server.queries import flags, me, me_views
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio
URGENT = "My chest hurts and I can't breathe"


async def write(world: World, body: str, key: str) -> None:
    await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key=key, body=body)


async def told(who: access.Staff) -> list[int]:
    """The numbers of the messages that this person hears of when they come."""
    teams = (await me.me(who, csrf="", build="")).teams
    return [flag.number for team in teams for flag in team.urgent]


async def test_the_first_of_them_is_told_to_whoever_reads_the_inbox(world: World) -> None:
    for key, body in enumerate(("Good morning", URGENT, URGENT)):
        await write(world, body, str(key))

    task = await Task.get(kind="urgent")
    [team] = [each for each in (await me.me(world.val, csrf="", build="")).teams if each.urgent]
    assert (team.name, team.urgent) == ("Front desk", [me_views.Flag(world.ines_thread.id, task.id, 2)])
    assert [await told(who) for who in (world.dana, world.sam, world.val)] == [[2], [2], [2]]
    assert [await told(who) for who in (world.robin, world.alex)] == [[], []]


async def test_once_somebody_has_looked_only_later_ones_are(world: World) -> None:
    await write(world, URGENT, "one")
    await conversations.mark_seen(world.ines_thread.id, 1, by=world.sam)
    assert await told(world.dana) == []

    await write(world, "Thank you", "two")
    assert await told(world.dana) == []
    await write(world, "Now he is choking", "three")
    assert await told(world.dana) == [3]


async def test_not_after_half_an_hour(world: World) -> None:
    await write(world, URGENT, "one")
    clock.shift(flags.FRESH - timedelta(seconds=5))
    assert await told(world.dana) == [1]

    clock.shift(flags.FRESH + timedelta(seconds=5))
    assert await told(world.dana) == []


@pytest.mark.parametrize("act", ["said what they did", "answered", "done"])
async def test_not_where_somebody_has_acted(world: World, act: str) -> None:
    await write(world, URGENT, "one")
    if act == "answered":
        await messages.post(world.ines_thread.id, key="a", via=Via.SECURE_SMS, body="Call 911", by=world.dana)
    elif act == "done":
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="by_phone")
    else:
        await outcomes.close((await Task.get(kind="urgent")).id, "called", by=world.dana)

    assert await told(world.sam) == []


async def strangers(who: access.Staff) -> list[list[UUID]]:
    return [team.urgent_strays for team in (await me.me(who, csrf="", build="")).teams if team.urgent_strays]


async def test_a_strangers_words_are_told_alike(world: World) -> None:
    for body, sender in ((URGENT, "13125559999"), ("Is this the clinic?", "13125558888")):
        await receive(incoming(body, sender=sender))
    urgent = (await Stray.all().order_by("created_at", "id"))[0].id

    assert [await strangers(who) for who in (world.dana, world.val)] == [[[urgent]], [[urgent]]]
    assert [await strangers(who) for who in (world.robin, world.alex)] == [[], []]

    clock.shift(flags.FRESH + timedelta(seconds=5))
    assert await strangers(world.dana) == []
    clock.shift(timedelta())
    await strays.mark_seen([urgent], by=world.sam)
    assert await strangers(world.dana) == []
