"""A clinic is new until one of its teams has written with a patient."""

import pytest

from server import access
from server.queries import me
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio


async def is_new(staff: access.Staff) -> bool:
    return (await me.me(staff, csrf="", build="")).is_new


async def test_a_clinic_is_new_to_everybody_in_it_until_somebody_has_written(world: World) -> None:
    assert [await is_new(staff) for staff in (world.robin, world.alex)] == [True, True]

    await post(world)

    assert [await is_new(staff) for staff in (world.dana, world.robin, world.val)] == [False] * 3
    assert await is_new(world.alex), "what another clinic wrote says nothing of this one"
