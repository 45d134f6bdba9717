"""A front desk's day by keyboard alone: the oldest question, somebody new, and a text that did not arrive."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague, Patient
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox

pytestmark = pytest.mark.browser
HELLO = "Welcome. Your first visit is on Monday at nine."
# The simulated carrier refuses this number as none that can get texts.
NOBODYS = "(312) 555-0164"
NEW = Patient("", "Vera Lind", date(1985, 3, 14), NOBODYS, "vera.lind@example.com")


class TestTheFrontDesk:
    def test_works_through_its_day_without_a_mouse(
        self, demo: Demo, cast: Cast, inside: Path, colleague: Colleague, open_window: Open
    ) -> None:
        page = open_window(state=inside).page(f"{demo.url}/inbox/{cast.teams['Front desk']}")
        _answer_the_oldest(page)
        _write_to_somebody_new(page)
        _mend_what_did_not_arrive(page)
        assert HELLO not in colleague.mail_after(NEW, 0)["text"]


def _answer_the_oldest(page: Page) -> None:
    """Four keys and a saved reply; the next one opens by itself."""
    rows = Inbox(page).list.get_by_role("link")
    expect(rows.nth(1)).to_be_visible()
    before = Inbox(page).count("Needs reply")
    page.keyboard.press("Enter")
    first = _open(page)
    expect(rows.first).to_contain_text(first)
    page.keyboard.press("r")
    expect(Inbox(page).field()).to_be_focused()
    page.keyboard.type(";form")
    expect(page.get_by_role("option", name=re.compile("Form is ready"))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(Inbox(page).field()).to_have_value(re.compile("your form is ready"))
    page.keyboard.press("Control+Shift+Enter")
    expect(page.get_by_role("heading", name=first, level=1)).to_have_count(0)
    assert _open(page) != first
    expect(Inbox(page).view("Needs reply")).to_contain_text(str(before - 1))


def _open(page: Page) -> str:
    """Whose conversation is open."""
    heading = page.get_by_role("region", name=re.compile("^Conversation with")).get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    return heading.inner_text()


def _write_to_somebody_new(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.type(NOBODYS)
    expect(page.get_by_role("option", name=re.compile("as a patient"))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add a patient")
    expect(dialog.get_by_label("First name")).to_be_focused()
    first, last = NEW.name.split()
    page.keyboard.type(first)
    page.keyboard.press("Tab")
    page.keyboard.type(last)
    page.keyboard.press("Tab")
    page.keyboard.type("03141985")
    expect(dialog.get_by_label("Date of birth")).to_have_value("1985-03-14")
    expect(dialog.get_by_label("Mobile phone")).to_have_value(NOBODYS)
    dialog.get_by_label("Mobile phone").press("Tab")
    page.keyboard.type(NEW.email or "")
    page.keyboard.press("Enter")
    _choose_the_way(page)
    expect(page.get_by_role("heading", name=NEW.name, level=1)).to_be_visible()
    expect(Inbox(page).field()).to_be_focused()
    page.keyboard.type(HELLO)
    page.keyboard.press("Control+Enter")
    expect(Inbox(page).message(HELLO)).to_contain_text("Undelivered – this is not a number that can get texts")


def _choose_the_way(page: Page) -> None:
    """The three ways with what each means; arrows move, and what the phone will show follows."""
    dialog = page.get_by_role("dialog", name="How to write")
    ways = dialog.get_by_role("group", name="How to write")
    expect(ways.get_by_role("radio", name="Secure text")).to_be_focused()
    expect(dialog.get_by_role("figure")).to_contain_text("you have a new secure message")
    expect(dialog.get_by_role("figure")).to_contain_text("1 text message")
    page.keyboard.press("ArrowDown")
    expect(ways.get_by_role("radio", name="Secure e-mail")).to_be_checked()
    expect(dialog.get_by_role("figure")).to_contain_text("New secure message from")
    page.keyboard.press("ArrowDown")
    plain = ways.get_by_role("radio", name="Plain text")
    expect(plain).to_be_checked()
    expect(plain).to_have_accessible_description(re.compile("has not agreed to plain texts yet.*Anyone who sees"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(ways.get_by_role("radio", name="Secure text")).to_be_checked()
    page.keyboard.press("Enter")


def _mend_what_did_not_arrive(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("show undel")
    page.keyboard.press("Enter")
    expect(Inbox(page).row(NEW.name)).to_be_visible()
    page.keyboard.press("Enter")
    expect(Inbox(page).message(HELLO)).to_be_visible()
    page.keyboard.press("w")
    expect(Inbox(page).field()).to_have_value(HELLO)
    expect(Inbox(page).field()).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(Inbox(page).message(HELLO).last).to_contain_text(re.compile("Notice (sent|delivered)"))
