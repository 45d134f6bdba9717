"""Dana writes to many patients at once: five steps, a minute to take it back, and then everybody once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser
TITLE, WORDS = "Flu clinic Nov 24", "The flu clinic is on Monday, 9 to 12. Come without an appointment."
A_MINUTE = 150_000


def dialog(page: Page) -> Locator:
    """What is open."""
    return page.get_by_role("dialog")


def press(page: Page, name: str) -> None:
    """A button of the dialog."""
    dialog(page).get_by_role("button", name=name).click()


def write_one(page: Page) -> None:
    """Up to what the check says."""
    page.keyboard.press("Shift+B")
    # Another journey of the same demo may have sent one before.
    expect(dialog(page).get_by_role("button", name="New broadcast")).to_be_visible()
    picture(page, "broadcasts")
    press(page, "New broadcast")
    dialog(page).get_by_label("Title, for your team only").fill(TITLE)
    picture(page, "broadcast-who")
    press(page, "Next: words")
    dialog(page).get_by_label("Private message in English").fill(WORDS)
    picture(page, "broadcast-words")
    press(page, "Next: check")
    expect(dialog(page).get_by_text(re.compile(r"Will reach \d+ patients"))).to_be_visible()
    dialog(page).get_by_text("Patient by patient").click()
    expect(dialog(page).get_by_role("listitem").nth(6)).to_be_visible()
    picture(page, "broadcast-check")


def let_go(page: Page) -> None:
    """From the check to the minute."""
    press(page, "Next: when")
    picture(page, "broadcast-when")
    press(page, "Next: go")
    expect(dialog(page).get_by_text(WORDS)).to_be_visible()
    picture(page, "broadcast-go")
    press(page, "Send to")
    expect(dialog(page).get_by_text("in a minute.")).to_be_visible()


def test_many_get_it_once_and_the_inbox_stays_as_it_is(demo: Demo, inside: Path, cast: Cast, open_window: Open) -> None:
    demo.let_it_be_day()
    page = open_window(state=inside).page(f"{demo.url}/inbox/{cast.teams['Front desk']}?view=open")
    rows = page.get_by_role("region", name="Conversations").get_by_role("link")
    expect(rows.first).to_be_visible()
    before = rows.all_inner_texts()
    write_one(page)
    let_go(page)
    picture(page, "broadcast-minute")
    press(page, "Cancel the sending")
    expect(dialog(page).get_by_text(re.compile(r"Will reach \d+ patients"))).to_be_visible()
    let_go(page)

    expect(dialog(page).get_by_text(re.compile(r"\d+ patients = \d+ written to"))).to_be_visible(timeout=A_MINUTE)
    expect(dialog(page).get_by_role("button", name="Stop")).not_to_be_visible(timeout=A_MINUTE)
    picture(page, "broadcast-done")
    press(page, "All broadcasts")
    expect(dialog(page).get_by_role("button", name=re.compile(f"{TITLE}.*Finished"))).to_be_visible()
    picture(page, "broadcasts")
    page.keyboard.press("Escape")
    assert len(rows.all_inner_texts()) == len(before)
