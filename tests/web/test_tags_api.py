"""Tags of patients over the API."""

from uuid import UUID, uuid4

import pytest

from server import models
from server.domain import tags
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


async def tag(cast: world.World) -> UUID:
    return (await tags.create("Diabetes", models.Colour.BLUE, by=cast.val)).id


class TestTagsOfPatients:
    async def test_are_put_on_shown_found_and_taken_off(self, dana: Browser, cast: world.World) -> None:
        made = await tag(cast)
        chosen = {"patients": [str(cast.ines.id)]}

        assert (await dana.post(f"/tags/{made}/patients", chosen)).status_code == 204
        shown = (await dana.get(f"/patients/{cast.ines.id}/tags")).json()
        found = (await dana.get("/directory", tag=str(made))).json()
        assert [(each["name"], each["colour"]) for each in shown["tags"]] == [("Diabetes", "blue")]
        assert ([each["name"] for each in found["patients"]], found["total"]) == (["Ines Calderon"], 1)

        assert (await dana.post(f"/tags/{made}/patients/remove", chosen)).status_code == 204
        assert (await dana.get(f"/patients/{cast.ines.id}/tags")).json() == {"tags": []}

    async def test_who_looks_at_them_is_on_record_once(self, dana: Browser, cast: world.World) -> None:
        for _ in range(2):
            await dana.get(f"/patients/{cast.ines.id}/tags")

        looks = models.AuditEntry.filter(actor_id=cast.dana.user, did="patient:tags_read", patient_id=cast.ines.id)
        assert await looks.count() == 1

    async def test_of_ones_own_take_no_patient_of_another_clinic(self, stranger: Browser, cast: world.World) -> None:
        await models.User.filter(id=cast.alex.user).update(role=models.Role.ADMIN)
        await stranger.enter(cast.alex)
        mine = (await stranger.post("/tags", {"name": "Mine", "colour": "red"})).json()["id"]

        for act in (f"/tags/{mine}/patients", f"/tags/{mine}/patients/remove"):
            real, made_up = [await stranger.post(act, {"patients": [str(each)]}) for each in (cast.ines.id, uuid4())]
            assert real.status_code == (204 if act.endswith("remove") else 404)
            assert real.content == made_up.content

    async def test_tell_nothing_of_another_clinics_directory(self, stranger: Browser, cast: world.World) -> None:
        made = await tag(cast)
        await stranger.enter(cast.alex)

        real, made_up = [await stranger.get("/directory", tag=str(each)) for each in (made, uuid4())]
        assert real.content == made_up.content
        assert real.json()["patients"] == []
