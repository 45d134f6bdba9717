"""The staff of a clinic, as they find each other."""

from typing import Any

import pytest

from server import access, clock, models
from server.domain import locking
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


async def shown(browser: Browser) -> list[dict[str, Any]]:
    answer = await browser.get("/coworkers")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["coworkers"]
    return found


async def test_are_all_others_of_the_clinic_by_name_with_their_teams(dana: Browser, cast: world.World) -> None:
    await models.User.filter(id=cast.robin.user).update(active=False)

    assert await shown(dana) == [
        {"id": str(cast.sam.user), "name": "Sam Okafor", "initials": "SO", "teams": ["Front desk"], "is_on": True},
        {"id": str(cast.val.user), "name": "Val Moreno", "initials": "VM", "teams": [], "is_on": True},
    ]


async def test_of_another_clinic_are_nobody_here(dana: Browser, cast: world.World) -> None:
    await dana.enter(cast.alex)

    assert await shown(dana) == []


async def test_are_on_while_a_session_lives_and_no_lock_hides_its_screens(dana: Browser, cast: world.World) -> None:
    async def on() -> list[str]:
        return [each["name"] for each in await shown(dana) if each["is_on"]]

    await locking.lock(cast.sam)
    assert await on() == ["Robin Lee", "Val Moreno"]
    idle = clock.now() - access.STAFF_IDLE
    await models.StaffSession.filter(id=cast.robin.session).update(seen_at=idle)
    await models.StaffSession.filter(id=cast.val.session).update(ended_at=clock.now())
    assert await on() == []
    await world.signed_in(cast.sam.user)
    assert await on() == ["Sam Okafor"]
