"""People and teams over the API, and the pages by which somebody who was invited sets up their account."""

import re
from datetime import timedelta

import pyotp
import pytest

from server import clock, keys, models
from server.domain import resets, users
from tests import quick_passwords, world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio
PASSWORD = "a long walk by the lake"


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
        assert shown["invites"] == []

    async def test_are_an_admins_alone(self, dana: Browser, cast: world.World) -> None:
        user = cast.sam.user
        asks = [("GET", "/people", None), ("POST", "/teams", {"name": "Lab"})]
        asks += [("POST", f"/people/{user}/{what}", {}) for what in ("leave", "return", "sign-out")]
        asks += [("POST", f"/people/{user}/role", {"role": "admin"})]
        asks += [("POST", "/invites", {"email": "nia@mercy.example", "name": "Nia"})]
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
        ours = str(cast.mercy.teams["Front desk"].id)
        said = {"email": "nia@mercy.example", "name": "Nia", "teams": [ours]}
        assert (await alex.post("/invites", said)).status_code == 404

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

    async def test_sessions_are_listed_and_ended(self, dana: Browser, cast: world.World) -> None:
        # The one of the cast, and the browser's.
        shown = (await dana.get("/sessions")).json()["sessions"]
        assert [each["is_this"] for each in shown] == [True, False]
        left = await dana.act("DELETE", f"/sessions/{shown[1]['id']}")
        assert [each["id"] for each in left.json()["sessions"]] == [shown[0]["id"]]
        assert (await dana.post("/sessions/end", {})).status_code == 200
        assert (await dana.act("DELETE", f"/sessions/{cast.sam.session}")).status_code == 404


class TestJoining:
    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        quick_passwords.use(monkeypatch)

    async def link(self, ana: Browser, cast: world.World) -> str:
        team = str(cast.mercy.teams["Front desk"].id)
        said = {"email": "nia@mercy.example", "name": "Nia <Brooks>", "teams": [team]}
        made = await ana.post("/invites", said)
        assert made.status_code == 201, made.text
        [shown] = made.json()["invites"]
        assert (shown["email"], shown["opens"], shown["by"]["name"]) == ("nia@mercy.example", True, "Robin Lee")
        row = await models.Invite.get(id=shown["id"])
        return f"/join/{keys.invite_secret(row.id, row.serial)}"

    async def test_a_password_and_a_code_lead_in(self, ana: Browser, cast: world.World) -> None:
        path = await self.link(ana, cast)
        ana.http.cookies.clear()

        first = await ana.page(path)
        assert first.status_code == 200
        assert "Mercy Family Clinic" in first.text
        assert "Nia &lt;Brooks&gt;" in first.text
        assert "totp" not in first.text
        differs = await ana.form(path, password=PASSWORD, again="another one, by mistake")
        assert (differs.status_code, "not the same" in differs.text) == (422, True)
        weak = await ana.form(path, password="nia", again="nia")
        assert (weak.status_code, "at least 12" in weak.text) == (422, True)

        second = await ana.form(path, password=PASSWORD, again=PASSWORD)
        assert second.status_code == 200
        assert PASSWORD not in second.text
        secret, setup = _secret(second.text), _setup(second.text)
        wrong = await ana.form(path, setup=setup, code="000000")
        assert (wrong.status_code, _secret(wrong.text), _setup(wrong.text)) == (422, secret, setup)
        done = await ana.form(path, setup=setup, code=_code(secret))
        assert (done.status_code, len(re.findall(r"<code>[0-9A-Z-]+</code>", done.text))) == (200, 10)
        assert 'href="/inbox"' in done.text

        mine = (await ana.get("/me")).json()
        assert (mine["user"]["name"], [each["name"] for each in mine["teams"]]) == ("Nia <Brooks>", ["Front desk"])
        assert (await ana.get(f"/conversations/{cast.ines_thread.id}")).status_code == 200

    async def test_used_expired_and_made_up_links_get_one_page(self, ana: Browser, cast: world.World) -> None:
        path = await self.link(ana, cast)
        setup = await ana.form(path, password=PASSWORD, again=PASSWORD)
        secret, token = _secret(setup.text), _setup(setup.text)
        clock.shift(timedelta(hours=73))
        try:
            expired = await ana.page(path)
            late = await ana.form(path, setup=token, code=_code(secret))
        finally:
            clock.shift(timedelta())
        await ana.form(path, setup=token, code=_code(secret))
        used, made_up = await ana.page(path), await ana.page("/join/" + "x" * 43)
        posted = await ana.form(path, password=PASSWORD, again=PASSWORD)

        assert {each.status_code for each in (expired, late, used, made_up, posted)} == {410}
        assert len({each.text for each in (expired, late, used, made_up, posted)}) == 1

    async def test_a_form_of_another_site_does_nothing(self, ana: Browser, cast: world.World) -> None:
        path = await self.link(ana, cast)
        ana.http.headers["Origin"] = "https://elsewhere.example"
        no = await ana.form(path, password=PASSWORD, again=PASSWORD)
        assert no.status_code == 403
        assert (await models.Invite.get()).setup_hash is None


class TestForgetting:
    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        quick_passwords.use(monkeypatch)

    async def test_one_answer_for_every_address_and_one_page_for_every_dead_link(
        self, stranger: Browser, cast: world.World
    ) -> None:
        assert 'href="/sign-in/forgot"' in (await stranger.page("/sign-in")).text
        known, unknown = [await stranger.form("/sign-in/forgot", email=f"{who}@mercy.example") for who in ("dana", "x")]
        assert (known.status_code, known.text) == (200, unknown.text)
        dead = [await stranger.page(f"/reset/{secret}") for secret in ("x", "y" * 75)]
        dead.append(await stranger.form("/reset/x", password=PASSWORD, again=PASSWORD, code="123456"))
        assert ({each.status_code for each in dead}, len({each.text for each in dead})) == ({410}, 1)

    async def test_a_link_takes_a_password_and_a_code(self, stranger: Browser, cast: world.World) -> None:
        clinic = cast.mercy.organization.id
        user, secret = await users.create(clinic, email="nia@mercy.example", name="Nia Brooks", password=PASSWORD)
        path = f"/reset/{resets.secret_of(user, clock.now())}"
        new = "the heron stands in the reeds"

        assert (await stranger.page(path)).status_code == 200
        differs = await stranger.form(path, password=new, again="other", code=_code(secret))
        assert (differs.status_code, "not the same" in differs.text) == (422, True)
        done = await stranger.form(path, password=new, again=new, code=_code(secret))
        assert (done.status_code, "Your new password is set" in done.text) == (200, True)
        assert (await stranger.page(path)).status_code == 410


def _secret(page: str) -> str:
    [found] = re.findall(r"<code>([A-Z2-7 ]+)</code>", page)
    return str(found).replace(" ", "")


def _setup(page: str) -> str:
    [found] = re.findall(r'name="setup" value="([^"]+)"', page)
    return str(found)


def _code(secret: str) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()))
