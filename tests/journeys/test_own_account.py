"""By keyboard alone: recovery codes are made, a passkey is added, signs in and proves who is there, and a lost phone is
no end of it.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser

WHO = "Robin Lane"


def test_passkeys_and_recovery_codes(demo: Demo, cast: Cast, open_window: Open) -> None:
    robin = cast.staff[WHO]
    window = open_window()
    # Being signed out is an answer of 401, and what must be proved once more one of 403.
    window.pardon("status of (401|403|422)")
    page = window.page(f"{demo.url}/inbox")
    _finger(page)
    robin.sign_in(page)
    account = _account(page)
    picture(page, "account")

    _press(account.get_by_role("button", name="Make new recovery codes"))
    codes = page.get_by_role("dialog", name="My recovery codes")
    expect(codes.get_by_role("listitem")).to_have_count(10)
    code = codes.locator("code").first.inner_text()
    picture(page, "recovery-codes")
    _press(codes.get_by_role("button", name="I have kept them"))
    expect(account.get_by_text(re.compile("^10 of 10 left"))).to_be_visible()
    _look_at_another_authenticator(page, account)
    _add_passkey(page, account)

    _sign_out(page)
    _press(page.get_by_role("button", name="Sign in with a passkey"))
    _account(page)
    demo.let_sign_ins_age()
    _press(account.get_by_role("button", name="Make new recovery codes"))
    expect(account.get_by_label("Your password, or a code")).to_be_focused()
    picture(page, "account-proof")
    _press(account.get_by_role("button", name="Use a passkey"))
    expect(codes.get_by_role("listitem")).to_have_count(10)
    fresh = codes.locator("code").first.inner_text()
    _press(codes.get_by_role("button", name="I have kept them"))

    _sign_out(page)
    page.get_by_label("E-mail address").fill(robin.email)
    page.get_by_label("Password").fill(robin.password)
    page.keyboard.press("Enter")
    _press(page.get_by_role("link", name="Use a recovery code"))
    picture(page, "recovery")
    for typed in (code, fresh):
        page.get_by_label("Recovery code").fill(typed)
        page.keyboard.press("Enter")
    expect(_account(page).get_by_text(re.compile("^9 of 10 left"))).to_be_visible()


def _finger(page: Page) -> None:
    """A device of this page's that holds passkeys, and a finger that is always on it."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    always = {"isUserVerified": True, "automaticPresenceSimulation": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **always}})


def _look_at_another_authenticator(page: Page, account: Locator) -> None:
    _press(account.get_by_role("button", name="Set up another authenticator"))
    other = page.get_by_role("dialog", name="Another authenticator")
    expect(other.get_by_label("The six digits")).to_be_focused()
    picture(page, "authenticator")
    _press(other.get_by_role("button", name="Not now"))


def _add_passkey(page: Page, account: Locator) -> None:
    _press(account.get_by_role("button", name="Add a passkey"))
    expect(page.get_by_label("What is it called?")).to_be_focused()
    page.keyboard.type("My laptop")
    page.keyboard.press("Enter")
    expect(account.get_by_text("My laptop")).to_be_visible()
    picture(page, "passkeys")


def _press(what: Locator) -> None:
    what.focus()
    what.press("Enter")


def _account(page: Page) -> Locator:
    _press(page.get_by_role("button", name=f"{WHO}. Your menu"))
    _press(page.get_by_role("button", name="My account"))
    account = page.get_by_role("dialog", name="My account")
    expect(account.get_by_role("heading", name="How I sign in")).to_be_visible()
    return account


def _sign_out(page: Page) -> None:
    page.keyboard.press("Escape")
    _press(page.get_by_role("button", name=f"{WHO}. Your menu"))
    _press(page.get_by_role("button", name="Sign out"))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
