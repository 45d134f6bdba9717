"""Roles hold at once, nobody raises their own, and one admin always stays (B10)."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from server import access, clock, models
from server.domain import on_call, roles
from server.errors import Refusal
from server.models import Role
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def true_clock() -> Iterator[None]:
    yield
    clock.shift(timedelta())


async def _role(staff: access.Staff) -> Role:
    return (await models.User.get(id=staff.user)).role


async def test_another_role_holds_at_once_and_the_clinic_hears_of_it_once(world: World) -> None:
    ana = await admin(world.robin)
    front = world.mercy.teams["Front desk"].id

    for _ in range(2):
        await roles.change(world.sam.user, Role.SUPERVISOR, by=ana)
    standing = await access.standing([world.sam.session], [])
    assert standing[world.sam.session].streams >= {team.id for team in world.mercy.teams.values()}
    await on_call.say(world.mercy.teams["Billing"].id, [world.sam.user], clock.now() + timedelta(hours=1), by=ana)
    await on_call.say(front, [world.sam.user], clock.now() + timedelta(hours=1), by=world.val)
    await roles.change(world.sam.user, Role.MEMBER, by=ana)

    standing = await access.standing([world.sam.session], [])
    assert world.mercy.teams["Billing"].id not in standing[world.sam.session].streams
    assert [row.team_id for row in await models.OnCall.all()] == [front]
    told = models.FactRecord.filter(kind="people.changed", stream_id=world.mercy.organization.id)
    assert await told.count() == 2
    assert await models.AuditEntry.filter(did="user:role_changed", about_id=world.sam.user).count() == 2


async def test_it_asks_for_a_proof_of_the_last_five_minutes(world: World) -> None:
    ana = await admin(world.robin)
    clock.shift(timedelta(minutes=5, seconds=1))
    assert await refused(roles.change(world.sam.user, Role.SUPERVISOR, by=ana)) == "prove_again"
    await models.StaffSession.filter(id=ana.session).update(proven_at=clock.now())
    await roles.change(world.sam.user, Role.SUPERVISOR, by=ana)


async def test_nobody_raises_their_own(world: World) -> None:
    ana = await admin(world.robin)
    await admin(world.sam)
    for who, ask in ((world.val, Role.ADMIN), (world.dana, Role.SUPERVISOR)):
        assert await refused(roles.change(who.user, ask, by=who)) == "not_allowed"
    # An admin reads their own teams only; a supervisor reads all.
    assert await refused(roles.change(ana.user, Role.SUPERVISOR, by=ana)) == "own_role"
    await roles.change(ana.user, Role.MEMBER, by=ana)
    assert await refused(roles.change(ana.user, Role.ADMIN, by=ana)) == "not_allowed"


async def test_the_last_admin_stays(world: World) -> None:
    ana = await admin(world.robin)
    assert await refused(roles.change(ana.user, Role.MEMBER, by=ana)) == "last_admin"
    await admin(world.alex)
    assert await refused(roles.change(ana.user, Role.MEMBER, by=ana)) == "last_admin"


@pytest.mark.parametrize("many", [2, 3])
async def test_of_admins_who_demote_each_other_at_once_one_stays(world: World, many: int) -> None:
    chosen = [await admin(each) for each in (world.robin, world.sam, world.dana)[:many]]

    outcomes = await asyncio.gather(
        *(
            roles.change(chosen[(at + 1) % many].user, Role.MEMBER, by=each)
            for at, each in enumerate(chosen)
        ),
        return_exceptions=True,
    )  # fmt: skip

    assert [each for each in outcomes if each is not None and not isinstance(each, Refusal)] == []
    left = await models.User.filter(organization_id=world.mercy.organization.id, role=Role.ADMIN, active=True).count()
    assert left >= 1
    assert any(isinstance(each, Refusal) for each in outcomes)


async def test_nobody_else_gives_them(world: World) -> None:
    await admin(world.robin)
    for staff in (world.dana, world.val):
        assert await refused(roles.change(world.sam.user, Role.ADMIN, by=staff)) == "not_allowed"
    outsider = await admin(world.alex)
    for nobody in (world.sam.user, uuid4()):
        assert await refused(roles.change(nobody, Role.ADMIN, by=outsider)) == "unknown"
    assert await _role(world.sam) is Role.MEMBER


async def test_the_operators_is_nobodys_to_give_or_take(world: World) -> None:
    ana = await admin(world.robin)
    assert await refused(roles.change(world.sam.user, Role.OPERATOR, by=ana)) == "not_a_role"
    await models.User.filter(id=world.sam.user).update(role=Role.OPERATOR)
    assert await refused(roles.change(world.sam.user, Role.MEMBER, by=ana)) == "unknown"
