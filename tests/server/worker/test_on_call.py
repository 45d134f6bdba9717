"""The mail to who is on call, from the words to their mailbox."""

from datetime import timedelta

import pytest

from server import clock, models
from server.domain import messages, on_call
from tests.server.worker.house import House

pytestmark = pytest.mark.anyio
MINUTES_IN_A_SECOND = 1 / 300


async def test_a_mail_reaches_who_is_on_call_and_nobody_else(house: House) -> None:
    world = house.world
    team, ends = world.ines_thread.team_id, clock.now() + timedelta(hours=8)
    await on_call.say(team, [world.sam.user], ends, by=world.val)
    address = (await models.User.get(id=world.sam.user)).email

    async with house.working(pace=MINUTES_IN_A_SECOND), house.working(pace=MINUTES_IN_A_SECOND):
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="I have chest pain")
        await house.heard("mail", address)
        await house.until(_nothing_is_left)

    [mail] = house.simulator.mailbox.mails
    assert mail.to == address
    assert "Front desk" in f"{mail}"
    assert "chest" not in f"{mail}"
    assert house.posts() == []


async def _nothing_is_left() -> bool:
    kinds = [on_call.LOOK, on_call.MAIL]
    return not await models.Work.filter(kind__in=kinds, done_at=None).exists()
