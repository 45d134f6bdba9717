"""A long text in parts: joined in any order, once, and never lost."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from server import clock, models
from server.domain import inbound, jobs, parts
from server.gateways.carrier_reports import Inbound
from server.queries import strays
from tests.server.domain.test_inbound import FRONT, INES, incoming, receive, said_in
from tests.world import World

pytestmark = pytest.mark.anyio
WORDS = ["I feel ", "much better ", "today"]


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


def part(number: int, *, ref: str = "17", words: list[str] = WORDS, sender: str = INES) -> Inbound:
    told = {"concat": "true", "concat-ref": ref, "concat-total": str(len(words)), "concat-part": str(number)}
    return incoming(words[number - 1], sender=sender, to=FRONT, more=dict(told))


async def wait_is_over() -> None:
    clock.shift(timedelta(minutes=5, seconds=1))
    for job in await jobs.claim(10, kinds=[parts.JOB]):
        await inbound.keep_incomplete(job)


async def open_jobs() -> int:
    return await models.Work.filter(done_at=None).count()


class TestJoining:
    @pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))), ids=str)
    async def test_in_any_order(self, world: World, order: tuple[int, ...]) -> None:
        for number in order:
            await receive(part(number))

        assert await said_in(world.ines_thread) == ["I feel much better today"]
        assert (await models.TextPart.all().count(), await open_jobs()) == (0, 0)

    async def test_when_all_come_at_once(self, world: World) -> None:
        await asyncio.gather(*(receive(part(number)) for number in (1, 2, 3)))

        assert await said_in(world.ines_thread) == ["I feel much better today"]

    async def test_a_part_that_is_repeated_counts_once(self, world: World) -> None:
        first = part(1)
        for again in (first, first, part(1), part(3), part(2)):
            await inbound.receive_text(again, jti=str(uuid4()))

        assert await said_in(world.ines_thread) == ["I feel much better today"]

    async def test_nothing_is_shown_before_it_is_whole_and_it_lies_sealed(self, world: World) -> None:
        await receive(part(2))

        [kept] = await models.TextPart.all()
        assert await said_in(world.ines_thread) == []
        assert b"better" not in bytes(kept.content_sealed)

    async def test_two_senders_with_the_same_reference_stay_apart(self, world: World) -> None:
        omar = ["From ", "Omar ", "himself"]
        for number in (1, 2, 3):
            await receive(part(number))
            await receive(part(number, words=omar, sender="13125550143"))

        assert await said_in(world.ines_thread) == ["I feel much better today"]
        assert await said_in(world.omar_thread) == ["From Omar himself"]

    async def test_texts_without_a_reference_are_never_joined(self, world: World) -> None:
        for words in WORDS:
            await receive(incoming(words))

        assert await said_in(world.ines_thread) == [words.strip() for words in WORDS]

    async def test_an_unknown_senders_are_joined_too(self, world: World) -> None:
        for number in (3, 2, 1):
            await receive(part(number, sender="13125559999"))

        [stray] = await strays.groups(world.dana, world.dana.reads)
        assert [text.body for text in stray.texts] == ["I feel much better today"]


class TestMissing:
    async def test_what_is_missing_after_five_minutes_is_marked_in_its_place(self, world: World) -> None:
        await receive(part(3))
        await receive(part(1))

        await wait_is_over()
        await wait_is_over()

        assert await said_in(world.ines_thread) == ["I feel \n[part 2 of 3 is missing]\ntoday"]
        assert (await models.TextPart.all().count(), await open_jobs()) == (0, 0)

    async def test_nobody_gives_up_earlier(self, world: World) -> None:
        await receive(part(1))
        clock.shift(timedelta(minutes=4, seconds=50))

        assert await jobs.claim(10, kinds=[parts.JOB]) == []

    async def test_a_part_that_comes_later_still_is_not_lost(self, world: World) -> None:
        await receive(part(1))
        await receive(part(2))
        await wait_is_over()
        await receive(part(3))
        clock.shift(timedelta(minutes=11))
        for job in await jobs.claim(10, kinds=[parts.JOB]):
            await inbound.keep_incomplete(job)

        assert await said_in(world.ines_thread) == [
            "I feel much better \n[part 3 of 3 is missing]",
            "[part 1 of 3 is missing]\n\n[part 2 of 3 is missing]\ntoday",
        ]

    async def test_a_reference_that_is_used_again_begins_a_new_text(self, world: World) -> None:
        await receive(part(1))
        again = ["Another ", "text"]
        await receive(part(1, words=again))
        await receive(part(2, words=again))

        assert await said_in(world.ines_thread) == [
            "I feel \n[part 2 of 3 is missing]\n\n[part 3 of 3 is missing]",
            "Another text",
        ]

    async def test_a_worker_that_is_killed_between_leaves_it_to_the_next(self, world: World) -> None:
        await receive(part(1))
        clock.shift(timedelta(minutes=6))
        [dead] = await jobs.claim(10, kinds=[parts.JOB])
        clock.shift(timedelta(minutes=9))
        [job] = await jobs.claim(10, kinds=[parts.JOB])

        await inbound.keep_incomplete(job)
        await inbound.keep_incomplete(dead)

        assert len(await said_in(world.ines_thread)) == 1
