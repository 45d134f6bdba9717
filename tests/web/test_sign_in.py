"""Coming and going, as a browser does it, with forms and through the API."""

import html
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

import pyotp
import pytest

from server import app as roof
from server import clock, models
from server.domain import guesses, users
from tests import quick_passwords, world
from tests.web.browser import Browser
from tests.web.test_messages_api import no

pytestmark = pytest.mark.anyio

PASSWORD = "a long walk by the lake"


@dataclass
class Nia:
    """Somebody with both factors."""

    user: models.User
    secret: str

    def code(self, steps: int = 0) -> str:
        """What her phone shows now, or so many steps later."""
        at = clock.now() + timedelta(seconds=30 * steps)
        return pyotp.TOTP(self.secret).at(int(at.timestamp()))


@pytest.fixture
async def nia(cast: world.World) -> Nia:
    return Nia(
        *await users.create(cast.mercy.organization.id, email="nia@mercy.example", name="Nia Brooks", password=PASSWORD)
    )


@pytest.fixture
async def browser(app: roof.Application, nia: Nia) -> AsyncIterator[Browser]:
    async with Browser(app) as opened:
        yield opened


@pytest.fixture(autouse=True)
def true_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(guesses, "SLOWER", 0)
    quick_passwords.use(monkeypatch)
    yield
    clock.shift(timedelta())


async def signed_in(browser: Browser, nia: Nia, steps: int = 0) -> Browser:
    """Both factors through the API."""
    await browser.post("/session", {"email": nia.user.email, "password": PASSWORD})
    response = await browser.post("/session/code", {"code": nia.code(steps)})
    assert response.status_code == 200, response.text
    return browser


class TestForms:
    async def test_lead_to_the_inbox(self, browser: Browser, nia: Nia) -> None:
        shown = await browser.page("/sign-in")
        first = await browser.form("/sign-in", email="NIA@mercy.example", password=PASSWORD)
        half = browser.token
        asked = await browser.page("/sign-in/code")
        second = await browser.form("/sign-in/code", code=nia.code(), csrf=browser.csrf)

        assert shown.status_code == asked.status_code == 200
        assert browser.csrf not in shown.text
        assert (first.status_code, first.headers["location"]) == (303, "/sign-in/code")
        assert (second.status_code, second.headers["location"]) == (303, "/inbox")
        assert browser.token != half
        assert (await browser.get("/me")).json()["user"]["name"] == "Nia Brooks"

    @pytest.mark.parametrize(
        "place",
        [
            f"/inbox/all/{UUID(int=7)}?view=mine&tag={UUID(int=8)}",
            f"/inbox/all?view=open&tag={UUID(int=8)}&assignee=nobody&language=es&way=secure_sms&waiting=30",
            f"/directory/{UUID(int=7)}?tab=patients",
            "/import",
            "/broadcasts",
            "/plan",
            "/audit",
        ],
    )
    async def test_lead_to_the_screen_that_somebody_was_going_to(self, browser: Browser, nia: Nia, place: str) -> None:
        sent = await browser.page(place)
        shown = await browser.page(sent.headers["location"])
        first = await browser.form("/sign-in", email=nia.user.email, password=PASSWORD, to=place)
        asked = await browser.page(first.headers["location"])
        second = await browser.form("/sign-in/code", code=nia.code(), csrf=browser.csrf, to=place)

        for page in (shown, asked):
            assert f'name="to" value="{html.escape(place)}"' in page.text
        assert second.headers["location"] == place

    @pytest.mark.parametrize(
        "to",
        ["https://evil.example/inbox", "//evil.example", "/inbox/../sign-out", "/inbox/all?q=Ines", "/m/x", "x" * 999],
    )
    async def test_lead_nowhere_but_to_our_screens(self, browser: Browser, nia: Nia, to: str) -> None:
        shown = await browser.page(f"/sign-in?{urlencode({'to': to})}")
        first = await browser.form("/sign-in", email=nia.user.email, password=PASSWORD, to=to)
        second = await browser.form("/sign-in/code", code=nia.code(), csrf=browser.csrf, to=to)

        assert 'name="to" value="/inbox"' in shown.text
        assert (first.headers["location"], second.headers["location"]) == ("/sign-in/code", "/inbox")

    async def test_keep_the_address_and_never_the_password(self, browser: Browser) -> None:
        again = await browser.form("/sign-in", email='"><b>nia', password="not this one, surely")

        assert again.status_code == 422
        assert "not this one" not in again.text
        assert "&#34;&gt;&lt;b&gt;nia" in again.text

    async def test_the_code_needs_the_halfs_token(self, browser: Browser, nia: Nia) -> None:
        await browser.form("/sign-in", email=nia.user.email, password=PASSWORD)

        refused = await browser.http.post("/sign-in/code", data={"code": nia.code()}, headers={"Accept": "text/html"})

        assert refused.status_code == 403
        assert refused.headers["content-type"].startswith("text/html")

    @pytest.mark.parametrize("path", ["/", "/inbox", "/inbox/all", "/inbox/all/x"])
    async def test_stand_before_the_screens(self, browser: Browser, path: str) -> None:
        response = await browser.http.get(path, follow_redirects=True)

        assert response.url.path == "/sign-in"

    async def test_signing_out_ends_the_session_and_clears(self, browser: Browser, nia: Nia) -> None:
        await signed_in(browser, nia)
        kept = browser.token

        left = await browser.form("/sign-out", csrf=browser.csrf)
        browser.hold(kept)

        assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
        assert "clear-site-data" in left.headers
        assert no(await browser.get("/me")) == (401, "signed_out")
        assert await models.FactRecord.filter(stream_id=nia.user.id, kind="session.ended").count() == 1

    async def test_slots_stand_beside_each_other(self, app: roof.Application, browser: Browser, nia: Nia) -> None:
        second = Browser(app, slot=2)
        second.http = browser.http
        await signed_in(browser, nia)
        first = await second.page("/inbox")
        await signed_in(second, nia, steps=1)

        assert (first.status_code, first.headers["location"]) == (303, "/~2/sign-in")
        assert browser.token != second.token
        await second.form("/sign-out", csrf=second.csrf)
        assert (await browser.get("/me")).status_code == 200
        assert (await second.get("/me")).status_code == 401


class TestSessions:
    async def test_the_password_alone_opens_nothing(self, browser: Browser, cast: world.World) -> None:
        answer = await browser.post("/session", {"email": "nia@mercy.example", "password": PASSWORD})

        assert (answer.status_code, answer.json()) == (200, {"step": "code"})
        assert no(await browser.get("/me")) == (401, "code_needed")
        assert no(await browser.post(f"/conversations/{cast.ines_thread.id}/done", {})) == (401, "code_needed")

    async def test_a_planted_token_is_not_taken(self, browser: Browser, nia: Nia) -> None:
        browser.hold("planted")

        await signed_in(browser, nia)

        assert browser.token != "planted"

    async def test_a_code_works_once(self, app: roof.Application, browser: Browser, nia: Nia) -> None:
        # Read at one moment: half a minute later each would be another.
        before, now, after = nia.code(-1), nia.code(), nia.code(1)
        await browser.post("/session", {"email": nia.user.email, "password": PASSWORD})
        assert (await browser.post("/session/code", {"code": now})).status_code == 200
        async with Browser(app) as other:
            await other.post("/session", {"email": nia.user.email, "password": PASSWORD})

            again = await other.post("/session/code", {"code": now})
            earlier = await other.post("/session/code", {"code": before})
            later = await other.post("/session/code", {"code": after})

        assert no(again) == no(earlier) == (422, "wrong_code")
        assert later.status_code == 200

    async def test_signing_in_again_ends_what_was_there(self, browser: Browser, nia: Nia) -> None:
        await signed_in(browser, nia)
        first = browser.token

        await signed_in(browser, nia, steps=1)
        browser.hold(first)

        assert no(await browser.get("/me")) == (401, "signed_out")

    @pytest.mark.parametrize("code", ["", "000000000", "12345a", "１２３４５６", "1 2 3"])
    async def test_what_is_no_code_is_wrong(self, browser: Browser, code: str) -> None:
        await browser.post("/session", {"email": "nia@mercy.example", "password": PASSWORD})

        assert no(await browser.post("/session/code", {"code": code})) == (422, "wrong_code")

    async def test_known_and_unknown_addresses_get_one_answer(self, browser: Browser) -> None:
        wrong = await browser.post("/session", {"email": "nia@mercy.example", "password": "not this one, surely"})
        nobody = await browser.post("/session", {"email": "nobody@mercy.example", "password": "not this one, surely"})

        assert no(wrong) == no(nobody) == (422, "wrong_sign_in")
        assert wrong.content == nobody.content

    async def test_ends_without_an_act_of_the_person(self, browser: Browser, nia: Nia, cast: world.World) -> None:
        await signed_in(browser, nia)

        clock.shift(timedelta(minutes=14))
        polled = await browser.get("/me")
        await browser.post(f"/conversations/{cast.ines_thread.id}/seen", {"number": 0})
        clock.shift(timedelta(minutes=16))

        assert polled.status_code == 200
        assert no(await browser.get("/me")) == (401, "signed_out")

    async def test_lives_on_while_the_person_acts(self, browser: Browser, nia: Nia) -> None:
        await signed_in(browser, nia)

        clock.shift(timedelta(minutes=14))
        acted = await browser.post("/session/active", {})
        clock.shift(timedelta(minutes=28))

        assert acted.status_code == 204
        assert (await browser.get("/me")).status_code == 200

    async def test_says_when_it_ends_and_signing_in_again_before_that_puts_it_off(
        self, browser: Browser, nia: Nia
    ) -> None:
        await signed_in(browser, nia)
        told = (await browser.get("/me")).json()["session_ends_at"]
        ends = datetime.fromisoformat(told)
        assert abs(ends - clock.now() - timedelta(hours=12)) < timedelta(seconds=5)

        clock.shift(timedelta(minutes=10))
        await browser.post("/session/active", {})
        assert (await browser.get("/me")).json()["session_ends_at"] == told
        await signed_in(browser, nia)

        later = datetime.fromisoformat((await browser.get("/me")).json()["session_ends_at"])
        assert later - ends > timedelta(minutes=9)

    async def test_ends_after_twelve_hours_whatever_happens(self, browser: Browser, nia: Nia) -> None:
        await signed_in(browser, nia)

        for minutes in range(10, 12 * 60, 10):
            clock.shift(timedelta(minutes=minutes))
            assert (await browser.post("/session/active", {})).status_code == 204
        clock.shift(timedelta(hours=12, seconds=5))

        assert no(await browser.get("/me")) == (401, "signed_out")

    async def test_leaving_through_the_api_ends_it(self, browser: Browser, nia: Nia) -> None:
        await signed_in(browser, nia)
        kept = browser.token

        left = await browser.act("DELETE", "/session")
        browser.hold(kept)

        assert left.status_code == 204
        assert "clear-site-data" in left.headers
        assert (await browser.get("/me")).status_code == 401

    async def test_every_try_is_on_record(self, browser: Browser, nia: Nia) -> None:
        await browser.post("/session", {"email": nia.user.email, "password": "not this one, surely"})
        await signed_in(browser, nia)

        entries = await models.AuditEntry.filter(actor_id=nia.user.id).order_by("at").values_list("did", "outcome")

        assert entries == [
            ("sign_in:password", "refused"),
            ("sign_in:password", "done"),
            ("sign_in:complete", "done"),
        ]


class TestGuessing:
    async def test_fails_after_ten_in_a_quarter_of_an_hour(self, browser: Browser, nia: Nia) -> None:
        wrong = {"email": nia.user.email, "password": "not this one, surely"}
        answers = [no(await browser.post("/session", wrong)) for _ in range(11)]

        right = await browser.post("/session", {**wrong, "password": PASSWORD})

        assert answers == [(422, "wrong_sign_in")] * 10 + [(429, "too_many")]
        assert no(right) == (429, "too_many")
        assert 0 < int(right.headers["retry-after"]) <= 900

    async def test_codes_fail_alike(self, browser: Browser, nia: Nia) -> None:
        await browser.post("/session", {"email": nia.user.email, "password": PASSWORD})
        answers = [(await browser.post("/session/code", {"code": "000000"})).status_code for _ in range(11)]

        assert answers == [422] * 10 + [429]

    async def test_an_outsider_cannot_lock_a_person_out(
        self, app: roof.Application, browser: Browser, nia: Nia
    ) -> None:
        await signed_in(browser, nia)
        async with Browser(app, address="198.51.100.66") as outsider:
            for _ in range(11):
                blocked = await outsider.post("/session", {"email": nia.user.email, "password": "guessing at it"})

        mine = await browser.post("/session", {"email": nia.user.email, "password": PASSWORD})

        assert blocked.status_code == 429
        assert mine.status_code == 200
