"""A claim: the conversation is theirs who begins to answer, for some minutes, or for good if they do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from server import access, clock, models
from server.domain import assignments, claims, conversations, jobs, messages
from server.errors import Refusal
from server.models import Via
from tests.world import World


async def _claim(world: World, *, by: access.Staff | None = None) -> models.Conversation:
    await claims.claim(world.ines_thread.id, by=by or world.dana)
    return await _now(world)


async def _now(world: World) -> models.Conversation:
    return await models.Conversation.get(id=world.ines_thread.id)


async def _at(minutes: float, world: World) -> models.Conversation:
    """So many minutes from the beginning, as the worker leaves it: every claim whose time is over is looked at."""
    clock.shift(timedelta(minutes=minutes))
    for job in await jobs.claim(9, kinds=[claims.LAPSE]):
        await claims.lapse(job)
    return await _now(world)


def _minutes_left(until: datetime | None) -> float:
    assert until is not None
    return round((until - clock.now()) / timedelta(minutes=1), 1)


class TestClaim:
    async def test_is_the_clinics_minutes_long_and_lapses_by_itself(self, world: World) -> None:
        claimed = await _claim(world)
        assert (claimed.assignee_id, _minutes_left(claimed.claimed_until)) == (world.dana.user, 10)

        assert (await _at(9, world)).assignee_id == world.dana.user
        over = await _at(11, world)
        assert (over.assignee_id, over.claimed_until) == (None, None)

    async def test_is_held_by_who_goes_on(self, world: World) -> None:
        await models.Organization.all().update(claim_minutes=3)
        await _claim(world)
        clock.shift(timedelta(minutes=2))
        await _claim(world)

        held = await _at(4, world)
        assert (held.assignee_id, _minutes_left(held.claimed_until)) == (world.dana.user, 1)
        assert (await _at(6, world)).assignee_id is None

    async def test_is_for_good_once_they_have_written(self, world: World) -> None:
        await _claim(world)
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Yes", by=world.dana)

        written = await _at(11, world)
        assert (written.assignee_id, written.claimed_until) == (world.dana.user, None)

    async def test_is_no_colleagues_and_takes_nothing_from_one(self, world: World) -> None:
        await _claim(world)
        await messages.post(world.ines_thread.id, key="k", via=Via.SECURE_SMS, body="Yes", by=world.sam)
        assert (await _claim(world, by=world.sam)).assignee_id == world.dana.user

        await assignments.assign(world.ines_thread.id, world.sam.user, by=world.dana)
        given = await _claim(world)
        assert (given.assignee_id, given.claimed_until) == (world.sam.user, None)

    async def test_leaves_no_line_unless_it_becomes_more(self, world: World) -> None:
        await _claim(world)
        await assignments.assign(world.ines_thread.id, None, by=world.dana)
        assert await models.Event.all().count() == 0

        await _claim(world)
        await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
        assert (await _at(11, world)).assignee_id == world.dana.user
        assert await models.Event.all().count() == 1

    async def test_ends_with_done(self, world: World) -> None:
        await _claim(world)
        done = await conversations.mark_done(world.ines_thread.id, by=world.dana)
        assert (done.assignee_id, done.claimed_until) == (None, None)

    async def test_is_for_members_only(self, world: World) -> None:
        for staff, code in ((world.val, "not_allowed"), (world.robin, "unknown")):
            with pytest.raises(Refusal) as refusal:
                await _claim(world, by=staff)
            assert refusal.value.code == code

    async def test_is_as_long_as_an_admin_says(self, world: World) -> None:
        admin = replace(world.dana, role=models.Role.ADMIN)
        for _ in range(2):
            assert await claims.set_length(25, by=admin) == 25

        assert _minutes_left((await _claim(world)).claimed_until) == 25
        assert await models.AuditEntry.filter(did="conversation:claim_length_set").count() == 1
        no = ((admin, 0, "wrong_length"), (admin, 121, "wrong_length"), (world.dana, 5, "not_allowed"))
        for staff, minutes, code in no:
            with pytest.raises(Refusal) as refusal:
                await claims.set_length(minutes, by=staff)
            assert refusal.value.code == code
        lakeside = await models.Organization.get(id=world.lakeside.organization.id)
        assert lakeside.claim_minutes == 10
