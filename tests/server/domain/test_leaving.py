"""Somebody leaves: everything of theirs ends at once, and nothing of their work is lost."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from server import access, clock, models
from server.domain import assignments, later, leaving, messages, on_call, sign_in
from server.errors import Refusal
from server.models import Via
from server.queries import clinic_people, coworkers, members
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


async def test_sessions_sockets_notices_and_work_end_and_their_words_stay(world: World) -> None:
    ana = await admin(world.robin)
    front = world.mercy.teams["Front desk"].id
    token, session = await signed_in(world.dana.user)
    half, _ = await sign_in.begin(await models.User.get(id=world.dana.user), complete=False)
    await models.PushSubscription.create(
        organization_id=world.mercy.organization.id,
        user_id=world.dana.user,
        session_id=session,
        base="",
        endpoint_index="e",
        key_index="k",
        target_sealed=b"t",
        created_at=clock.now(),
    )
    await messages.post(world.ines_thread.id, key="m", via=Via.SECURE_SMS, body="See you at 3", by=world.dana)
    at = clock.now() + timedelta(hours=2)
    await later.write_later(world.omar_thread.id, key="l", via=Via.SECURE_SMS, body="Hello", at=at, by=world.dana)
    await assignments.assign(world.ines_thread.id, world.dana.user, by=world.dana)
    await on_call.say(front, [world.dana.user], at, by=world.val)

    for _ in range(2):
        await leaving.leave(world.dana.user, by=ana)

    assert await access.whoever(token) is None
    assert await access.half_signed_in(half) is None
    assert not (await access.standing([session], [])).get(session)
    assert not await models.PushSubscription.all().exists()
    assert not await models.OnCall.all().exists()
    row = await models.Conversation.get(id=world.ines_thread.id)
    assert row.assignee_id is None
    message = await models.Message.get().select_related("user")
    assert message.user is not None
    assert message.user.name == "Dana Reyes"
    assert await models.Delivery.filter(state=models.State.CANCELLED).count() == 0
    assert (await models.Later.get()).state is models.LaterState.WAITING
    [dana] = [each for each in (await clinic_people.of_clinic(ana)).people if each.id == world.dana.user]
    assert (dana.state, dana.teams, dana.left_at is not None) == ("left", [], True)
    assert await models.AuditEntry.filter(did="user:left").count() == 1


async def test_who_left_is_offered_nowhere(world: World) -> None:
    ana, front = await admin(world.robin), world.mercy.teams["Front desk"].id
    await leaving.leave(world.dana.user, by=ana)

    assert world.dana.user not in {each.id for each in await members.of_team(world.sam, front)}
    assert world.dana.user not in {each.id for each in (await coworkers.of(world.sam)).coworkers}
    assert world.dana.user not in await members.readers(front, world.mercy.organization.id)
    assert (
        await refused(assignments.assign(world.ines_thread.id, world.dana.user, by=world.sam)) == "not_a_member"
    )  # fmt: skip


async def test_the_last_admin_stays_also_when_two_send_each_other_away(world: World) -> None:
    ana = await admin(world.robin)
    assert await refused(leaving.leave(ana.user, by=ana, is_sure=True)) == "last_admin"
    other = await admin(world.sam)

    outcomes = await asyncio.gather(
        leaving.leave(other.user, by=ana, is_sure=True),
        leaving.leave(ana.user, by=other, is_sure=True),
        return_exceptions=True,
    )

    assert len([each for each in outcomes if isinstance(each, Refusal)]) == 1
    assert await models.User.filter(role=models.Role.ADMIN, active=True).count() == 1


async def test_the_last_member_of_a_team_is_warned_of(world: World) -> None:
    ana = await admin(world.val)
    assert await refused(leaving.leave(world.robin.user, by=ana)) == "last_member"
    await leaving.leave(world.robin.user, by=ana, is_sure=True)
    assert not await models.Membership.filter(user_id=world.robin.user).exists()


async def test_who_comes_back_is_a_member_of_no_team(world: World) -> None:
    ana = await admin(world.robin)
    await admin(world.sam)
    await leaving.leave(world.sam.user, by=ana)
    clock.shift(timedelta(minutes=6))
    assert await refused(leaving.come_back(world.sam.user, by=ana)) == "prove_again"
    clock.shift(timedelta())
    for _ in range(2):
        await leaving.come_back(world.sam.user, by=ana)

    user = await models.User.get(id=world.sam.user)
    assert (user.active, user.left_at, user.role) == (True, None, models.Role.MEMBER)
    token, _ = await signed_in(user.id)
    staff = await access.staff(token)
    assert staff is not None
    assert staff.reads == frozenset()


async def test_nobody_else_decides_it(world: World) -> None:
    await admin(world.robin)
    for act in (leaving.leave, leaving.come_back):
        for staff in (world.dana, world.val):
            assert await refused(act(world.sam.user, by=staff)) == "not_allowed"
        assert await refused(act(world.sam.user, by=await admin(world.alex))) == "unknown"
    assert (await models.User.get(id=world.sam.user)).active
