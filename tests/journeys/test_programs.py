"""An admin makes a key for another program, which reads with it at once and not any more once it is revoked."""

import re

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser


def test_a_key_is_made_copied_used_and_revoked(demo: Demo, cast: Cast, open_window: Open) -> None:
    ana = open_window().page(f"{demo.url}/api-keys")
    cast.staff["Ana Duarte"].sign_in(ana)
    programs = ana.get_by_role("dialog")
    expect(programs.get_by_text("No other program has a key.")).to_be_visible()
    key = _make(ana, programs)

    assert _reads(demo, key) == 200
    picture(ana, "programs")
    programs.get_by_role("button", name="Revoke the key of Website").click()

    expect(programs.get_by_text("Revoked")).to_be_visible()
    assert _reads(demo, key) == 401
    expect(programs.get_by_text(key)).to_have_count(0)
    _look_at_webhooks(ana, programs)


def _make(ana: Page, programs: Locator) -> str:
    programs.get_by_role("button", name="Make a key").click()
    programs.get_by_label("Which program is it for?").fill("Website")
    programs.get_by_label(re.compile("See patients")).check()
    picture(ana, "programs-new-key")
    programs.get_by_role("button", name="Make the key").click()
    shown = programs.get_by_label("The key")
    expect(shown).to_have_value(re.compile("^btkey_"))
    picture(ana, "programs-made")
    key = shown.input_value()
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    programs.get_by_role("button", name="Copy").click()
    expect(programs.get_by_text("Copied.")).to_be_visible()
    assert ana.evaluate("navigator.clipboard.readText()") == key
    programs.get_by_role("button", name="I have it").click()
    expect(programs.get_by_text("Not used yet", exact=False)).to_be_visible()
    return key


def _reads(demo: Demo, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx2.get(f"{demo.url}/api/programs/v1/patients", headers=headers).status_code


def _look_at_webhooks(ana: Page, programs: Locator) -> None:
    programs.get_by_role("button", name="Webhooks").click()
    programs.get_by_role("button", name="Add a webhook").click()
    programs.get_by_label("Address").fill("https://records.example.com/heard-from-the-clinic")
    programs.get_by_role("button", name="Add the webhook").click()
    expect(programs.get_by_label(re.compile("secret"))).to_have_value(re.compile("^whsec_"))
    programs.get_by_role("button", name="I have it").click()
    expect(programs.get_by_text("https://records.example.com/heard-from-the-clinic")).to_be_visible()
    picture(ana, "programs-webhooks")
    programs.get_by_role("button", name=re.compile("^Remove")).click()
    expect(programs.get_by_text("No other program is told what happens.")).to_be_visible()
