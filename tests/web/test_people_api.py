"""People and teams over the API."""

import pytest

from server import models
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ana(stranger: Browser, cast: world.World) -> Browser:
    await models.User.filter(id=cast.robin.user).update(role=models.Role.ADMIN)
    return await stranger.enter(cast.robin)


class TestPeople:
    async def test_are_shown_with_their_teams(self, ana: Browser, cast: world.World) -> None:
        shown = (await ana.get("/people")).json()

        assert [(each["name"], each["role"], each["state"]) for each in shown["people"]] == [
            ("Dana Reyes", "member", "active"),
            ("Robin Lee", "admin", "active"),
            ("Sam Okafor", "member", "active"),
            ("Val Moreno", "supervisor", "active"),
        ]
        assert [(each["name"], each["numbers"], each["open"]) for each in shown["teams"]] == [
            ("Billing", ["+13125550101"], 0),
            ("Front desk", ["+13125550100"], 2),
        ]

    async def test_are_an_admins_alone(self, dana: Browser, cast: world.World) -> None:
        user = cast.sam.user
        asks = [("GET", "/people", None), ("POST", "/teams", {"name": "Lab"})]
        asks += [("POST", f"/people/{user}/{what}", {}) for what in ("leave", "return")]
        asks += [("POST", f"/people/{user}/role", {"role": "admin"})]
        for who in (cast.dana, cast.val):
            await dana.enter(who)
            for method, path, body in asks:
                no = await dana.act(method, path, body)
                assert (no.status_code, no.json()["code"]) == (403, "not_allowed"), path

    async def test_of_another_clinic_are_nowhere(self, alex: Browser, cast: world.World) -> None:
        await models.User.filter(id=cast.alex.user).update(role=models.Role.ADMIN)
        assert [each["name"] for each in (await alex.get("/people")).json()["people"]] == ["Alex Stone"]
        team, user = cast.lakeside.teams["Front desk"].id, str(cast.sam.user)
        for path in (f"/teams/{team}/members", f"/teams/{team}/members/remove"):
            assert (await alex.post(path, {"user": user})).status_code == 404

    async def test_nobody_becomes_an_operator_or_more_than_was_said(self, ana: Browser, cast: world.World) -> None:
        path = f"/people/{cast.sam.user}/role"
        for body in ({"role": "operator"}, {"role": "admin", "organization": "x"}, {}):
            assert (await ana.post(path, body)).status_code == 400

    async def test_the_last_member_needs_a_yes(self, ana: Browser, cast: world.World) -> None:
        path = f"/teams/{cast.mercy.teams['Billing'].id}/members/remove"
        no = await ana.post(path, {"user": str(cast.robin.user)})
        assert (no.status_code, no.json()["code"], no.json()["open"]) == (409, "last_member", 0)
        yes = await ana.post(path, {"user": str(cast.robin.user), "sure": True})
        assert yes.status_code == 200

    async def test_who_is_demoted_is_refused_from_the_next_request(
        self, ana: Browser, dana: Browser, cast: world.World
    ) -> None:
        assert (await ana.post(f"/people/{cast.dana.user}/role", {"role": "admin"})).status_code == 200
        assert (await dana.get("/people")).status_code == 200
        assert (await dana.get("/me")).json()["user"]["role"] == "admin"
        assert (await ana.post(f"/people/{cast.dana.user}/role", {"role": "member"})).status_code == 200
        assert (await dana.get("/people")).status_code == 403
