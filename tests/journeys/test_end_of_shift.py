"""The end of a shift without a mouse, on a screen whose late parts did not come at first."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import NETWORK
from tests.journeys.conftest import Open
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox

pytestmark = pytest.mark.browser
LATE = "**/late-dialogs-*.js"
WORDS = "I could not reach them today. Please call again tomorrow."


class TestEndOfShift:
    def test_takes_what_nobody_read_and_leaves_it_to_the_team(
        self, demo: Demo, inside: Path, open_window: Open
    ) -> None:
        window = open_window(state=inside)
        window.pardon(NETWORK)
        page = window.page()
        page.route(LATE, lambda route: route.abort())
        page.goto(f"{demo.url}/inbox/all")
        _list_what_nobody_read(page)
        name = _claim_the_first(page)

        page.keyboard.press("Shift+H")
        _try_again(page)
        shift = page.get_by_role("dialog", name="End of my shift")
        expect(shift.get_by_role("region", name="Mine")).to_contain_text(name)
        _leave_all(page, shift)
        expect(Inbox(page).view("Mine")).to_have_text("Mine")
        expect(page.get_by_text(WORDS).first).to_be_visible()

        # What was fetched once is here without a network too.
        window.context.set_offline(True)
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Help").get_by_text("End of my shift")).to_be_visible()
        window.context.set_offline(False)


def _list_what_nobody_read(page: Page) -> None:
    expect(Inbox(page).list.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="All commands").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("show not read")
    page.keyboard.press("Enter")
    expect(Inbox(page).list.get_by_role("heading", name="Not read by patient")).to_be_visible()
    expect(page).to_have_url(re.compile("view=not_read"))


def _claim_the_first(page: Page) -> str:
    """Whose conversation it is."""
    first = Inbox(page).list.get_by_role("link").first
    expect(first).to_contain_text(re.compile("not read", re.IGNORECASE))
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    heading = page.get_by_role("region", name=re.compile("^Conversation with")).get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    name = heading.inner_text()
    expect(first).to_contain_text(name)
    page.keyboard.press("a")
    expect(Inbox(page).view("Mine")).to_contain_text(re.compile("[1-9]"))
    return name


def _try_again(page: Page) -> None:
    failed = page.get_by_role("dialog", name="This did not load")
    expect(failed.get_by_role("alert")).to_contain_text("The connection may be interrupted")
    expect(failed.get_by_role("button", name="Try again")).to_be_focused()
    page.unroute(LATE)
    page.keyboard.press("Enter")
    expect(failed).to_have_count(0)


def _leave_all(page: Page, shift: Locator) -> None:
    whom = shift.get_by_label("To whom")
    expect(whom).to_be_visible()
    for _ in range(40):
        if whom.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(whom).to_be_focused()
    page.keyboard.type("Nobody")
    expect(whom).to_have_value("nobody")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Control+Enter")
    expect(shift).to_have_count(0)
