"""Groups of patients over the API."""

from uuid import uuid4

import pytest

from server import models
from tests import world
from tests.server.domain import test_groups
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


@pytest.fixture
async def manager(stranger: Browser, cast: world.World) -> Browser:
    await stranger.enter(cast.val)
    return stranger


class TestGroups:
    async def test_are_made_filled_read_and_brought_back(
        self, manager: Browser, dana: Browser, cast: world.World
    ) -> None:
        made = await manager.post("/groups", {"name": "Flu shots"})
        path = f"/groups/{made.json()['id']}"
        assert (made.status_code, made.json()["patients"]) == (201, 0)

        added = await dana.post(f"{path}/members", {"patients": [str(cast.ines.id)]})
        assert added.json()["patients"] == 1
        [member] = (await dana.get(f"{path}/members")).json()["members"]
        assert (member["patient"]["name"], member["date_of_birth"], member["phone_end"]) == (
            "Ines Calderon",
            "1985-03-14",
            "42",
        )

        assert (await manager.act("DELETE", path)).status_code == 204
        assert (await dana.get("/groups")).json() == {"groups": []}
        assert (await manager.post(f"{path}/restore", {})).json()["patients"] == 1

    async def test_who_looks_at_them_is_on_record(self, dana: Browser, cast: world.World) -> None:
        group = await test_groups.with_ines(cast)

        for _ in range(2):
            assert [each["name"] for each in (await dana.get(f"/patients/{cast.ines.id}/groups")).json()["groups"]] == [
                "Flu shots"
            ]
        await dana.get(f"/groups/{group}/members")

        looks = models.AuditEntry.filter(actor_id=cast.dana.user)
        assert await looks.filter(did="patient:groups_read", patient_id=cast.ines.id).count() == 1
        assert await looks.filter(did="patient_group:read", about_id=group).count() == 1

    async def test_of_ones_own_take_no_patient_of_another_clinic(self, stranger: Browser, cast: world.World) -> None:
        await models.User.filter(id=cast.alex.user).update(role=models.Role.ADMIN)
        await stranger.enter(cast.alex)
        path = f"/groups/{(await stranger.post('/groups', {'name': 'Mine'})).json()['id']}/members"

        for act in (path, f"{path}/remove"):
            real, made_up = [await stranger.post(act, {"patients": [str(each)]}) for each in (cast.ines.id, uuid4())]
            assert real.status_code == (404 if act == path else 200)
            assert real.content == made_up.content

        assert (await stranger.get(path)).json() == {"members": [], "next": None}
