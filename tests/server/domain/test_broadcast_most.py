"""How many broadcasts one patient gets: seen before anything goes, asked again as it goes, and nobody else's affair."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import broadcasts, messages
from server.domain.broadcasts import posting
from server.models import Broadcast, BroadcastRecipient, BroadcastState, Via
from server.queries import broadcasts as queries
from server.queries.broadcast_views import Filter
from tests.refusing import refused
from tests.server.domain import casting, test_merges
from tests.server.domain.casting import begun, checked, left_out, said, states, work
from tests.world import World

pytestmark = pytest.mark.anyio


async def most(many: int) -> None:
    await models.Organization.all().update(broadcast_most=many)


async def told(world: World, many: int = 1) -> None:
    """So many broadcasts have reached everybody with a conversation."""
    for _ in range(many):
        await begun(world)
        await work()


class TestTheMost:
    async def test_leaves_out_who_got_so_many_and_says_so_before_anything_goes(self, world: World) -> None:
        await told(world, 3)

        row = await checked(world, said(Filter(ours=False)))

        assert await left_out(row) == dict.fromkeys((world.ines.id, world.omar.id), "cap_news")
        [line] = (await queries.detail(row.id, world.dana)).sums
        assert (line.state, line.many, line.words) == (
            "left_out",
            2,
            "this patient got as many broadcasts in a week as the clinic sends one patient",
        )
        assert await refused(broadcasts.submit(row.id, row.rev, by=world.dana)) == "nobody_to_reach"

    async def test_is_over_a_week_after_the_first(self, world: World) -> None:
        await told(world, 3)
        clock.shift(timedelta(days=7, minutes=1))

        assert await left_out(await checked(world)) == {}

    async def test_is_asked_again_as_it_goes(self, world: World) -> None:
        await most(1)
        row, other = await checked(world), await begun(world)
        await work()
        assert await states(other) == {"posted": 2}

        await broadcasts.submit(row.id, row.rev, by=world.dana)
        clock.shift(timedelta(minutes=2))
        await work()

        assert await left_out(row) == dict.fromkeys((world.ines.id, world.omar.id), "cap_news")

    async def test_holds_where_two_teams_write_at_once(self, world: World) -> None:
        await most(1)
        front, billing = await checked(world), await _of_billing(world)
        await Broadcast.all().update(state=BroadcastState.RUNNING)
        texts = {"en": casting.WORDS}
        theirs = await BroadcastRecipient.filter(patient_id=world.ines.id).order_by("id")
        rows = {row.id: row for row in (front, billing)}
        assert len(theirs) == 2

        await asyncio.gather(*(posting.post(rows[each.broadcast_id], texts, each) for each in theirs))

        found = await BroadcastRecipient.filter(patient_id=world.ines.id)
        assert sorted((each.state.value, each.why) for each in found) == [("left_out", "cap_news"), ("posted", None)]

    async def test_counts_care_but_never_stops_it(self, world: World) -> None:
        await most(1)
        for _ in range(2):
            row = await begun(world, said(is_news=False))
            await work()
            assert await states(row) == {"posted": 2}

        assert set((await left_out(await checked(world))).values()) == {"cap_news"}

    async def test_never_stops_what_one_person_writes_nor_counts_it(self, world: World) -> None:
        await most(1)
        for number in range(3):
            await _write(world, f"before {number}")
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="p", body="Hello")
        await told(world)
        await messages.reply(world.ines_thread.id, patient_id=world.ines.id, key="q", body="I will come")

        assert await models.Delivery.filter(message_id=await _write(world, "after")).exists()

    async def test_is_none_where_the_clinic_wants_none(self, world: World) -> None:
        await most(0)
        await told(world, 4)

        assert await left_out(await checked(world)) == {}

    async def test_counts_what_came_to_an_entry_that_was_merged(self, world: World) -> None:
        await most(1)
        twin = await test_merges.twin(world)
        row = await begun(world, said(Filter(ours=False)))
        await models.BroadcastRecipient.filter(broadcast_id=row.id).exclude(patient_id=twin.id).update(state="stopped")
        await work()
        await test_merges.merge(world, twin)

        assert (await left_out(await checked(world)))[world.ines.id] == "cap_news"

    async def test_lets_what_did_not_arrive_be_tried_again(self, world: World) -> None:
        await most(1)
        row = await begun(world)
        await work()
        await models.Delivery.all().update(state=models.State.FAILED, reason="absent")

        await broadcasts.retry(row.id, by=world.dana)
        await work()
        assert await states(row) == {"posted": 2}
        assert await models.Delivery.all().count() == 4

    async def test_is_an_admins_to_say(self, world: World) -> None:
        admin = await casting.as_role(world.dana, models.Role.ADMIN)
        assert await broadcasts.set_most(5, by=admin) == 5
        assert await broadcasts.set_most(5, by=admin) == 5
        assert await models.AuditEntry.filter(did="broadcast:most_set").count() == 1
        assert (
            await _organization(world.mercy.organization.id),
            await _organization(world.lakeside.organization.id),
        ) == (
            5,
            3,
        )
        for many in (-1, 51):
            assert await refused(broadcasts.set_most(many, by=admin)) == "wrong_length"
        assert await refused(broadcasts.set_most(5, by=world.val)) == "not_allowed"


async def _write(world: World, key: str) -> UUID:
    written, _ = await messages.post(world.ines_thread.id, key=key, via=Via.SECURE_SMS, body="See you", by=world.dana)
    return written


async def _organization(which: UUID) -> int:
    return int((await models.Organization.get(id=which)).broadcast_most)


async def _of_billing(world: World) -> Broadcast:
    robin: access.Staff = world.robin
    [team] = robin.member_of
    row, _ = await broadcasts.begin(team, "billing", said(Filter(ours=False)), by=robin)
    return await broadcasts.check(row.id, by=robin)
