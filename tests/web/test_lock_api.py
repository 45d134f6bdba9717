"""Locking a screen through the doors: what a locked browser gets, and how it comes back."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from server import access, clock, models
from server import app as roof
from server.domain import guesses, passkey_checks, passkeys, passwords
from tests import quick_passwords, world
from tests.passkeys import Key
from tests.web.browser import HOME, Browser
from tests.web.test_messages_api import no

pytestmark = pytest.mark.anyio

PASSWORD = "a long walk by the lake"


@pytest.fixture(autouse=True)
async def known(cast: world.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "SLOWER", 0)
    quick_passwords.use(monkeypatch)
    await models.User.filter(id=cast.dana.user).update(password_hash=await passwords.hashed(PASSWORD))


async def lock(browser: Browser) -> None:
    assert (await browser.post("/session/lock", {})).status_code == 204


class TestALockedBrowser:
    async def test_is_told_whose_it_is_and_nothing_else(self, dana: Browser, cast: world.World) -> None:
        before = (await dana.get("/session")).json()
        await lock(dana)

        here = await dana.get("/session")

        user = {"id": str(cast.dana.user), "name": "Dana Reyes", "initials": "DR", "role": "member"}
        assert here.json() == {"user": user, "clinic": cast.mercy.organization.name, "locked": True, "csrf": dana.csrf}
        assert before == {**here.json(), "locked": False}
        assert no(await dana.get("/me")) == (401, "locked")
        assert no(await dana.post(f"/conversations/{cast.ines_thread.id}/done", {})) == (401, "locked")

    async def test_gets_the_shell_without_a_word_and_no_other_page(self, dana: Browser, cast: world.World) -> None:
        open_page = await dana.page(f"/inbox/all/{cast.ines_thread.id}")
        await lock(dana)

        shell = await dana.page(f"/inbox/all/{cast.ines_thread.id}")
        sign_in = await dana.page("/sign-in")

        assert (shell.status_code, shell.text) == (200, open_page.text)
        assert "Ines" not in shell.text
        assert (sign_in.status_code, sign_in.headers["location"]) == (303, "/inbox")

    async def test_is_not_kept_alive(self, dana: Browser) -> None:
        await lock(dana)
        try:
            clock.shift(timedelta(minutes=14))
            assert no(await dana.post("/session/active", {})) == (401, "locked")
            await lock(dana)
            assert (await dana.get("/session")).status_code == 200
            clock.shift(timedelta(minutes=16))

            assert no(await dana.get("/session")) == (401, "signed_out")
            assert no(await dana.post("/session/unlock", {"password": PASSWORD})) == (401, "signed_out")
        finally:
            clock.shift(timedelta())

    async def test_may_sign_out(self, dana: Browser) -> None:
        await lock(dana)

        left = await dana.form("/sign-out", csrf=dana.csrf)

        assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
        assert await models.StaffSession.filter(locked_at__isnull=False, ended_at=None).count() == 0

    async def test_leaves_the_persons_other_browsers_alone(
        self, app: roof.Application, dana: Browser, cast: world.World
    ) -> None:
        async with Browser(app) as other:
            await other.enter(cast.dana)
            await lock(dana)

            assert (await other.get("/me")).status_code == 200
            assert (await other.get("/session")).json()["locked"] is False


class TestUnlocking:
    async def test_gives_a_new_cookie_and_who_i_am(self, dana: Browser) -> None:
        await lock(dana)
        before = dana.token

        opened = await dana.post("/session/unlock", {"password": PASSWORD})

        assert opened.status_code == 200
        assert dana.token != before
        assert opened.json()["csrf"] == dana.csrf
        assert (await dana.get("/me")).json() == opened.json()

    async def test_does_not_make_the_session_longer(self, dana: Browser) -> None:
        ends = (await dana.get("/me")).json()["session_ends_at"]
        await lock(dana)

        opened = await dana.post("/session/unlock", {"password": PASSWORD})

        assert opened.json()["session_ends_at"] == ends

    async def test_takes_no_wrong_password_and_ends_after_five(self, dana: Browser) -> None:
        await lock(dana)

        answers = [no(await dana.post("/session/unlock", {"password": "not this one"})) for _ in range(5)]

        assert answers == [(422, "wrong_sign_in")] * 4 + [(401, "signed_out")]
        assert no(await dana.get("/me")) == (401, "signed_out")
        assert (await dana.page("/inbox")).headers["location"] == "/sign-in"

    @pytest.mark.parametrize("path", ["/session/lock", "/session/unlock"])
    async def test_needs_our_own_page(self, dana: Browser, path: str) -> None:
        refused = await dana.http.post(f"/api/v1{path}", json={"password": PASSWORD} if "un" in path else {})

        assert no(refused) == (403, "not_our_page")

    @pytest.mark.parametrize("path", ["/session/lock", "/session/unlock"])
    async def test_is_nothing_for_a_stranger(self, stranger: Browser, path: str) -> None:
        answer = await stranger.post(path, {"password": PASSWORD} if "un" in path else {})

        assert no(answer) == (401, "signed_out")


def at(browser: Browser, slot: int) -> Browser:
    """The same browser, in another of its slots."""
    browser.base, browser.cookie = ("", "bt_staff") if slot == 1 else (f"/~{slot}", f"bt_staff_{slot}")
    return browser


class TestAnotherPersonAtTheSameComputer:
    async def test_takes_it_over_and_gives_it_back(self, dana: Browser, cast: world.World) -> None:
        await at(dana, 2).enter(cast.robin)
        await at(dana, 3).enter(cast.alex)
        await lock(at(dana, 1))

        others = (await dana.get("/session/others")).json()
        # Of another clinic nobody is shown.
        assert [(each["user"]["name"], each["base"]) for each in others["people"]] == [(cast.robin.name, "/~2")]
        assert others["free"] == "/~4"
        assert (await dana.post("/session/switch", {})).status_code == 204

        for slot in (1, 2, 3):
            assert (await at(dana, slot).get("/session")).json()["locked"]
            assert no(await dana.get("/me")) == (401, "locked")
        assert no(await at(dana, 2).post("/session/unlock", {"password": "not mine"})) == (422, "wrong_sign_in")
        assert (await at(dana, 1).post("/session/unlock", {"password": PASSWORD})).status_code == 200
        assert (await at(dana, 2).get("/session")).json()["locked"]
        # At the page for signing in is the way back, and in nobody else's browser.
        page = await dana.http.get("/~4/sign-in")
        assert 'href="/~2/inbox"' in page.text
        assert cast.robin.name in page.text
        dana.http.cookies.clear()
        assert cast.robin.name not in (await dana.http.get("/~4/sign-in")).text

    async def test_opens_it_with_a_passkey_of_their_own(self, dana: Browser, cast: world.World) -> None:
        passkey_checks.use_origin(HOME)
        mine, theirs = await added(cast.dana), await added(cast.robin)
        await lock(dana)

        for key, code in ((theirs, "wrong_passkey"), (mine, None)):
            asked = (await dana.post("/session/prove/ask", {})).json()
            signed = asdict(key.sign(asked["challenge"]))
            opened = await dana.post("/session/unlock", {"passkey": signed})
            assert opened.json().get("code") == code
        assert (await dana.get("/me")).status_code == 200
        assert (await dana.post("/session/unlock", {})).status_code == 400


async def added(by: access.Staff) -> Key:
    key = Key(origin=HOME)
    await passkeys.add(key.make((await passkeys.begin(by)).challenge), "My laptop", by=by)
    return key
