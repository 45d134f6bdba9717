"""Texts that the carrier brings late or again: each is kept once, where it came, and says when it was sent."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from server import clock, models
from server.domain import conversations, strays
from server.gateways import carrier_reports
from server.queries import inbox, thread, transcript
from server.queries import strays as kept
from tests.laws.replay import replay_law
from tests.server.domain.test_inbound import incoming, receive, said_in
from tests.server.domain.test_wishes import is_stopped
from tests.world import World

pytestmark = pytest.mark.anyio
STRANGER = "13125559999"


def ago(minutes: float) -> datetime:
    """So many minutes ago, to the second, as the carrier says it."""
    return (clock.now() - timedelta(minutes=minutes)).replace(microsecond=0)


def sent(text: str, at: datetime, **more: object) -> carrier_reports.Inbound:
    return incoming(text, more={"timestamp": at.astimezone(UTC).isoformat().replace("+00:00", "Z"), **more})


@pytest.mark.parametrize("order", ["".join(order) for order in permutations("abc")])
async def test_any_order_of_any_repeats_keeps_each_once_where_it_came(world: World, order: str) -> None:
    times = {"a": ago(14), "b": ago(9), "c": ago(3)}
    texts = {name: sent(f"text {name}", at) for name, at in times.items()}
    # Each comes again after every other one, and once more at the end.
    for name in "".join(order[: end + 1] for end in range(3)) + order[::-1]:
        await receive(texts[name])

    page, _ = await thread.page(world.ines_thread.id, None)
    assert [(message.number, message.body, message.sent_at) for message in page] == [
        (nth, f"text {name}", times[name]) for nth, name in enumerate(order, start=1)
    ]
    assert sorted(message.at for message in page) == [message.at for message in page]


class TestLate:
    async def test_it_is_shown_with_when_it_was_sent_everywhere(self, world: World) -> None:
        at = ago(12)
        await receive(incoming("And on Friday?"))
        async with replay_law(world.dana), replay_law(world.alex, changes=False):
            await receive(sent("Can I come on Monday?", at))

        row = (await inbox.rows([world.ines_thread.id]))[world.ines_thread.id]
        copy = await transcript.content(world.ines_thread.id, for_patient=False)
        assert row.last is not None
        assert (row.last.preview, row.last.sent_at) == ("Can I come on Monday?", at)
        assert [message.sent_at for message in copy.messages] == [None, at]

    async def test_it_reopens_and_waits_for_an_answer_since_it_came(self, world: World) -> None:
        await conversations.mark_done(world.ines_thread.id, by=world.dana, why="not_needed")

        await receive(sent("Can I come on Monday?", ago(12)))

        conversation = await models.Conversation.get(id=world.ines_thread.id)
        assert conversation.is_open
        assert conversation.needs_reply_since is not None
        assert conversation.needs_reply_since > ago(1)

    @pytest.mark.parametrize("minutes", [0, 0.9, -5, 8 * 24 * 60])
    async def test_what_came_at_once_or_by_a_wrong_clock_says_nothing(self, world: World, minutes: float) -> None:
        await receive(sent("Thank you", ago(minutes)))

        assert (await models.Message.get()).sent_at is None

    async def test_of_an_unknown_sender_it_says_so_and_goes_with_the_words(self, world: World) -> None:
        at = ago(12)
        await receive(sent("It is Omar", at, **{"from": STRANGER}))

        [stray] = await kept.groups(world.dana, world.dana.reads)
        await strays.attach(stray.id, world.omar.id, by=world.dana)

        assert [text.sent_at for text in stray.texts] == [at]
        assert (await models.Message.get()).sent_at == at


class TestWishes:
    @pytest.mark.parametrize("again", [False, True])
    async def test_a_start_from_before_a_stop_does_not_end_it(self, world: World, *, again: bool) -> None:
        if again:
            await receive(incoming("STOP"))
            await models.OptOut.all().update(created_at=ago(30))
            await models.Message.all().update(created_at=ago(30))
        await receive(incoming("STOP"))

        await receive(sent("START", ago(12)))

        assert await is_stopped(world)
        assert await said_in(world.ines_thread) == [*["STOP"] * (1 + again), "START"]
        await receive(incoming("START"))
        assert not await is_stopped(world)

    async def test_also_of_a_phone_that_is_nobodys(self, world: World) -> None:
        await receive(incoming("STOP", sender=STRANGER))
        await models.OptOut.all().update(created_at=ago(30))
        await receive(incoming("STOP", sender=STRANGER))

        await receive(sent("START", ago(12), **{"from": STRANGER}))

        assert await is_stopped(world, STRANGER)

    async def test_a_late_start_ends_a_stop_from_before_it(self, world: World) -> None:
        await receive(incoming("STOP"))
        await models.OptOut.all().update(created_at=ago(30))
        await models.Message.all().update(created_at=ago(30))

        await receive(sent("START", ago(12)))

        assert not await is_stopped(world)

    async def test_a_late_stop_stops(self, world: World) -> None:
        await receive(sent("STOP", ago(12)))

        assert await is_stopped(world)
