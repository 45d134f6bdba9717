"""A conversation that most of the team must not see, and somebody who must all the same, in an emergency."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo, until
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser
WHO = "Ruth Abara"


def test_it_goes_from_other_screens_and_is_read_in_an_emergency(demo: Demo, cast: Cast, open_window: Open) -> None:
    address = f"{demo.url}/inbox/{cast.teams['Front desk']}?view=open"
    dana, lee = open_window().page(address), open_window().page(address)
    cast.staff["Dana Reyes"].sign_in(dana)
    cast.staff["Lee Park"].sign_in(lee)
    expect(Inbox(lee).row(WHO)).to_be_visible()

    Inbox(dana).row(WHO).click()
    dana.get_by_role("button", name="Mark as sensitive…").click()
    dialog = dana.get_by_role("dialog", name=re.compile("^Who may open"))
    expect(dialog.get_by_label("Dana Reyes (you)")).to_be_checked()
    picture(dana, "sensitive")
    dialog.get_by_role("button", name="Mark as sensitive").press("Enter")
    expect(dana.get_by_text("Sensitive: only some people see this conversation.")).to_be_visible()
    expect(Inbox(lee).row(WHO)).to_have_count(0, timeout=2_000)
    picture(dana, "sensitive-marked")

    _read_in_an_emergency(lee, demo)
    ana = open_window().page(f"{demo.url}/audit")
    cast.staff["Ana Duarte"].sign_in(ana)
    _look_into_it(ana)

    dana.get_by_role("button", name="Change…").click()
    dialog.get_by_role("button", name="Show it to the whole team again").click()
    lee.goto(address)
    expect(Inbox(lee).row(WHO)).to_be_visible()


def _read_in_an_emergency(lee: Page, demo: Demo) -> None:
    lee.goto(f"{demo.url}/directory")
    # What is hidden puts nobody among those whom one had to do with lately: she is looked for by name.
    lee.get_by_label("Find a patient").fill(WHO)
    lee.get_by_role("link", name=re.compile(WHO)).first.click()
    lee.get_by_role("button", name="Emergency access…").click()
    asked = lee.get_by_role("dialog", name=f"Emergency access to {WHO}")
    asked.get_by_label("Why must you read this now?").fill("She lies in the emergency room")
    picture(lee, "emergency")
    asked.get_by_role("button", name="Take emergency access").press("Enter")
    expect(lee.get_by_text(f"You read everything of {WHO}")).to_be_visible()
    expect(asked.get_by_role("button", name=re.compile("^Front desk"))).to_be_visible()
    picture(lee, "emergency-taken")
    asked.get_by_role("button", name=re.compile("^Front desk")).click()
    expect(lee.get_by_role("dialog", name=re.compile(WHO))).to_be_visible()
    lee.keyboard.press("Escape")
    picture(lee, "emergency-banner")


def _look_into_it(admin: Page) -> None:
    until(lambda: _is_raised(admin), "the alarm", within=90)
    admin.get_by_role("button", name="Alarms").click()
    alarm = admin.get_by_role("listitem").filter(has_text="Lee Park took emergency access")
    alarm.get_by_label("What you found out").fill("She was right to do so")
    picture(admin, "audit-alarms")
    alarm.get_by_role("button", name="I looked into it").click()
    expect(alarm.get_by_text("She was right to do so")).to_be_visible()
    admin.get_by_role("button", name="Emergency access").click()
    expect(admin.get_by_text("She lies in the emergency room")).to_be_visible()
    picture(admin, "audit-emergency")
    admin.get_by_role("button", name="End it now").click()
    expect(admin.get_by_role("button", name="End it now")).to_have_count(0)


def _is_raised(admin: Page) -> bool:
    """The worker looks once a minute."""
    found = admin.request.get(re.sub(r"/audit.*", "/api/v1/alarms", admin.url))
    return "emergency" in found.text()
