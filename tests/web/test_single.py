"""Single sign-on as a browser does it: away to the provider, back once, into the slot that it began in."""

import logging
import re
from collections.abc import AsyncIterator
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from server import models
from server.domain import single_sign_on
from server.gateways.oidc import OidcGateway
from tests import world
from tests.oidc_provider import CLIENT, SECRET, OidcProvider, provider
from tests.web.browser import HOME, Browser

pytestmark = pytest.mark.anyio
FORM = {"email": "dana@mercy.example", "to": "/board"}


@pytest.fixture
async def theirs(stranger: Browser, cast: world.World) -> AsyncIterator[OidcProvider]:
    """Set over the API by Robin, an admin; the browser is nobody's then."""
    async with provider() as made:
        single_sign_on.use(OidcGateway([made.place]), inside=[made.place], origin=HOME)
        await models.User.filter(id=cast.robin.user).update(role=models.Role.ADMIN)
        await stranger.enter(cast.robin)
        said = {"issuer": made.issuer, "client_id": CLIENT, "secret": SECRET, "domains": ["mercy.example"]}
        assert (await stranger.act("PUT", "/sign-on", said)).status_code == 200
        assert (await stranger.post("/sign-on/test", {})).json() == {"why": None}
        shown = await stranger.post("/sign-on/turn", {"on": True})
        assert shown.json() == {
            "provider": {"issuer": made.issuer, "client_id": CLIENT, "domains": ["mercy.example"]},
            "on": True,
            "only": False,
            "two_steps": False,
            "break_glass": [],
            "back": f"{HOME}/sign-in/single/{cast.mercy.organization.id}",
        }
        assert (await stranger.post("/sign-on/turn", {"on": True, "only": True})).json()["code"] == "no_break_glass"
        stranger.http.cookies.clear()
        yield made


async def away(browser: Browser, theirs: OidcProvider) -> str:
    """The browser is sent there; where it is sent back to."""
    page = await browser.http.post(f"{browser.base}/sign-in/single", data=FORM)
    found = re.search(r'content="0;url=([^"]+)"', page.text)
    assert found
    assert page.status_code == 200
    url = urlsplit(unescape(found[1]))
    return theirs.authorize({name: values[0] for name, values in parse_qs(url.query).items()})


async def test_somebody_comes_in_in_their_slot_and_goes_where_they_were_going(
    stranger: Browser, theirs: OidcProvider, caplog: pytest.LogCaptureFixture
) -> None:
    # Our own setting of a test before would keep the database's statements back.
    for name in ("", "tortoise", "tortoise.db_client"):
        caplog.set_level(logging.DEBUG, logger=name)
    second = stranger
    second.base, second.cookie = "/~2", "bt_staff_2"

    back = await second.http.get(await away(second, theirs))

    assert (back.status_code, back.headers["location"]) == (303, "/~2/board")
    assert (await second.get("/me")).json()["user"]["name"] == "Dana Reyes"
    assert "bt_single" not in second.http.cookies
    assert "bt_staff" not in second.http.cookies
    # The client of this test tells what it asks for; that is no log of ours.
    said = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith("http"))
    assert "sign_on_try" in said
    for secret in (SECRET, *theirs.heard):
        assert secret not in said


async def test_a_code_is_asked_for_on_the_way_where_one_is_due(stranger: Browser, theirs: OidcProvider) -> None:
    theirs.fault = "one_factor"
    back = await stranger.http.get(await away(stranger, theirs))
    assert (back.status_code, back.headers["location"]) == (303, "/sign-in/code?to=%2Fboard")
    assert (await stranger.get("/me")).json()["code"] == "code_needed"
    assert "Type your code" in (await stranger.http.get("/sign-in/code")).text


async def test_it_is_good_once_and_in_this_browser_alone(stranger: Browser, theirs: OidcProvider) -> None:
    address = await away(stranger, theirs)
    assert (await stranger.http.get(address)).status_code == 303
    again = await stranger.http.get(address)
    assert again.status_code == 422
    assert "Single sign-on did not work." in again.text

    stranger.http.cookies.clear()
    address = await away(stranger, theirs)
    stranger.http.cookies.clear()
    assert (await stranger.http.get(address)).status_code == 422
    assert "bt_staff" not in stranger.http.cookies


async def test_a_page_of_a_provider_is_named_and_an_address_of_nobody_is_treated_the_same(
    stranger: Browser, theirs: OidcProvider
) -> None:
    texts = []
    for email in ("dana@mercy.example", "nobody@mercy.example"):
        page = await stranger.http.post("/sign-in/single", data={"email": email})
        texts.append(re.sub(r"(state|nonce|code_challenge)=[\w-]+", r"\1", page.text))
    assert texts[0] == texts[1]
    assert "127.0.0.1" in texts[0]

    no = await stranger.http.post("/sign-in/single", data={"email": '"><b>@lakeside.example'})
    assert no.status_code == 422
    assert "<b>" not in no.text


async def test_nothing_is_at_addresses_of_nobody(stranger: Browser, theirs: OidcProvider) -> None:
    assert (await stranger.http.get(f"/sign-in/single/{uuid4()}?state=x&code=y")).status_code == 422
    assert (await stranger.http.get("/sign-in/single/x?state=x&code=y")).status_code == 404
    assert (await stranger.http.get("/sign-in")).text.count("/sign-in/single") == 1


async def test_only_by_single_sign_on_is_said_by_the_password_form_too(
    stranger: Browser, theirs: OidcProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def right(*_: object) -> bool:
        return True

    monkeypatch.setattr("server.domain.passwords.is_right", right)
    await models.SignOn.all().update(only=True)
    no = await stranger.http.post("/sign-in", data={"email": "dana@mercy.example", "password": "x" * 20})
    assert no.status_code == 403
    assert "Your clinic signs in by single sign-on alone." in no.text
