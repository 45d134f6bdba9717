"""A row says where texts from its team to its patient are stopped, and says so on a screen that was open before."""

import pytest

from server import models
from server.domain import conversations, numbers, patients, stops, teams
from server.queries import inbox
from tests.laws.replay import replay_law
from tests.server.domain.sending.posting import post
from tests.server.domain.test_inbound import brother, incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio


async def is_marked(conversation: models.Conversation) -> bool:
    return (await inbox.rows([conversation.id]))[conversation.id].opted_out


async def test_stop_marks_everybody_with_that_phone_in_that_team_until_start(world: World) -> None:
    leos = await brother(world)
    billing, _ = await conversations.open_with(world.ines.id, world.mercy.teams["Billing"].id, by=world.robin)
    assert not await is_marked(world.ines_thread)

    async with replay_law(world.dana):
        await receive(incoming("STOP"))

    marked = [await is_marked(each) for each in (world.ines_thread, leos, billing, world.omar_thread)]
    assert marked == [True, True, False, False]
    async with replay_law(world.sam):
        await receive(incoming("START"))
    assert not await is_marked(world.ines_thread)


async def test_another_phone_is_not_stopped(world: World) -> None:
    await receive(incoming("STOP"))

    async with replay_law(world.dana):
        await patients.change(world.ines.id, patients.Details(phone="312-555-0177"), by=world.dana)

    assert not await is_marked(world.ines_thread)


async def test_a_stop_at_another_number_marks_what_goes_on_from_there_alone(world: World) -> None:
    await teams.give_number(world.mercy.teams["Front desk"], "+13125550109")

    await receive(incoming("STOP", to="13125550109"))

    assert await models.Suppression.exists()
    assert await is_marked(world.ines_thread)
    async with replay_law(world.dana):
        await numbers.choose(world.ines_thread.id, "+13125550100", by=world.dana)
    assert not await is_marked(world.ines_thread)
    posted = await post(world)
    assert posted.delivery is not None


async def test_mails_that_stop_are_no_texts(world: World) -> None:
    await stops.write_down(
        world.ines.id, is_mail=True, team_id=world.ines_thread.team_id, said="No mails", by=world.dana
    )

    assert not await is_marked(world.ines_thread)
