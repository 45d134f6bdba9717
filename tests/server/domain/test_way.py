"""By which way a conversation goes: as its newest message went, for a list to be filtered by."""

import importlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from server import clock, models
from server.db import sql
from server.domain import messages, misfiled, way
from server.models import Via
from tests.laws import histories
from tests.laws.replay import replay_law
from tests.server.domain.test_inbound import incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    """Days pass here; afterwards it is as late as it was."""
    yield
    clock.shift(timedelta())


async def ways() -> list[str | None]:
    return [each.way for each in await models.Conversation.all().order_by("id")]


@pytest.mark.parametrize(
    ("before", "via", "after"),
    [
        (None, Via.SMS, "sms"),
        ("secure_email", Via.SMS, "sms"),
        ("sms", Via.SECURE_EMAIL, "secure_email"),
        ("secure_sms", Via.EMAIL, "secure_email"),
        ("secure_email", Via.PORTAL, "secure_email"),
        ("secure_sms", Via.PORTAL, "secure_sms"),
        ("sms", Via.PORTAL, "secure_sms"),
        (None, Via.PORTAL, "secure_sms"),
    ],
)
def test_is_that_of_what_came_last_and_stays_on_the_patients_page(before: str | None, via: Via, after: str) -> None:
    assert way.after(before, via) == after


async def test_is_shown_on_the_row_and_is_none_before_the_first_message(world: World) -> None:
    assert set(await ways()) == {None}
    async with replay_law(world.dana):
        await messages.post(world.ines_thread.id, key="a", via=Via.SECURE_EMAIL, body="See", by=world.dana)
    async with replay_law(world.dana):
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="b", body="I see")

    assert (await models.Conversation.get(id=world.ines_thread.id)).way == "secure_email"
    assert (await models.Conversation.get(id=world.omar_thread.id)).way is None


async def test_is_as_before_once_words_were_moved_away(world: World) -> None:
    await messages.post(world.ines_thread.id, key="a", via=Via.SECURE_EMAIL, body="See", by=world.dana)
    await receive(incoming("Not mine"))
    assert (await models.Conversation.get(id=world.ines_thread.id)).way == "sms"
    moved = await models.Message.get(via=Via.SMS)

    async with replay_law(world.dana):
        await misfiled.move(moved.id, None, by=world.dana)

    assert (await models.Conversation.get(id=world.ines_thread.id)).way == "secure_email"


@pytest.mark.parametrize("seed", range(3))
async def test_is_what_the_migration_says_of_the_same_messages(world: World, seed: int) -> None:
    desk = await histories.at_desk(world, seed)
    backfill = importlib.import_module("server.migrations.0032_filters")._WAY
    for _ in range(6):
        await histories.live(desk, 6)
        kept = await ways()
        await sql.execute(backfill)
        assert await ways() == kept
