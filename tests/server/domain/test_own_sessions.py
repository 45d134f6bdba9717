"""A person sees where they are signed in and ends it; an admin ends anybody's (B21)."""

from uuid import uuid4

import pytest

from server import access
from server.domain import own_sessions
from server.queries import my_sessions
from tests.refusing import refused
from tests.server.domain.admins import admin
from tests.world import World, signed_in

pytestmark = pytest.mark.anyio


async def test_one_sees_ones_own_and_ends_them(world: World) -> None:
    token, elsewhere = await signed_in(world.dana.user)
    await signed_in(world.sam.user)

    shown = (await my_sessions.of(world.dana)).sessions
    assert [(each.id, each.is_this) for each in shown] == [(world.dana.session, True), (elsewhere, False)]
    await own_sessions.end_one(elsewhere, by=world.dana)

    assert await access.whoever(token) is None
    assert await refused(own_sessions.end_one(elsewhere, by=world.dana)) == "unknown"
    assert [each.id for each in (await my_sessions.of(world.dana)).sessions] == [world.dana.session]


async def test_all_others_end_at_once(world: World) -> None:
    tokens = [(await signed_in(world.dana.user))[0] for _ in range(2)]
    await own_sessions.end_others(by=world.dana)

    assert [await access.whoever(token) for token in tokens] == [None, None]
    assert (await access.standing([world.dana.session], []))[world.dana.session].alive


async def test_nobody_ends_a_colleagues(world: World) -> None:
    for nobody in (world.sam.session, uuid4()):
        assert await refused(own_sessions.end_one(nobody, by=world.dana)) == "unknown"
    for staff in (world.dana, world.val):
        assert await refused(own_sessions.end_all_of(world.sam.user, by=staff)) == "not_allowed"
    assert await refused(own_sessions.end_all_of(world.sam.user, by=await admin(world.alex))) == "unknown"
    assert (await access.standing([world.sam.session], []))[world.sam.session].alive


async def test_an_admin_ends_anybodys(world: World) -> None:
    ana = await admin(world.robin)
    await own_sessions.end_all_of(world.sam.user, by=ana)
    await own_sessions.end_all_of(ana.user, by=ana)

    found = await access.standing([world.sam.session, ana.session], [])
    assert world.sam.session not in found
    assert found[ana.session].alive
