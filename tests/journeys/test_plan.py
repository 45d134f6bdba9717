"""A clinic without a plan asks for a trial, is given one, and sees how long it has: by keyboard, and live."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser


@pytest.fixture
def clinic(demo: Demo, cast: Cast) -> Iterator[str]:
    """The id of the demo's clinic, which pays for its plan again at the end."""
    [line] = [line for line in demo.operate("plan", "list").splitlines() if line.endswith(f"  {cast.clinic}")]
    clinic = line.split()[0]
    yield clinic
    demo.operate("plan", "set", clinic, "paid")


def test_a_clinic_without_a_plan_asks_for_a_trial(demo: Demo, cast: Cast, clinic: str, open_window: Open) -> None:
    demo.operate("plan", "set", clinic, "none")
    page = open_window().page(f"{demo.url}/plan")
    cast.staff["Ana Duarte"].sign_in(page)
    dialog = page.get_by_role("dialog", name="Your clinic’s plan")
    expect(dialog.get_by_text("Your clinic has no plan.")).to_be_visible()
    picture(page, "plan-none")
    _ask(page)
    expect(dialog.get_by_text("Ana Duarte asked for a trial")).to_be_visible()
    assert "area code 312, “We open in May”" in demo.operate("plan", "list")

    demo.operate("plan", "set", clinic, "trial")

    expect(dialog.get_by_text(re.compile("Your clinic is trying BloomText, with 6 days left"))).to_be_visible()
    picture(page, "plan-trial")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Trial: 6 days left")).to_be_visible()


def test_staff_of_a_clinic_without_a_plan_are_told_before_they_write(
    demo: Demo, cast: Cast, clinic: str, open_window: Open
) -> None:
    demo.operate("plan", "set", clinic, "suspended")
    page = open_window(size=(390, 844), dark=True).page(f"{demo.url}/inbox/{cast.teams['Front desk']}")
    cast.staff["Dana Reyes"].sign_in(page)
    Inbox(page).list.get_by_role("link").first.click()
    page.get_by_role("button", name="See the plan").click()
    expect(page.get_by_text("plan is suspended. Nothing goes out until it goes on.")).to_be_visible()
    expect(page.get_by_text("An admin of your clinic can ask")).to_have_count(0)
    picture(page, "plan-suspended")


def _ask(page: Page) -> None:
    page.get_by_label("Area code of your number").press_sequentially("312")
    page.keyboard.press("Tab")
    page.keyboard.type("We open in May")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
