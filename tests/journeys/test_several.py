"""The end of a shift without a mouse: several conversations at once, and one handed over with a note."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox

pytestmark = pytest.mark.browser
WORDS = "Your referral is ready."
NOTE = "Call her daughter at noon"


class TestTheEndOfAShift:
    def test_choose_two_act_on_both_and_hand_one_over(
        self, demo: Demo, cast: Cast, inside: Path, colleague: Colleague, open_window: Open
    ) -> None:
        team = cast.teams["Front desk"]
        for name in ("Ruth Abara", "Marisol Vega"):
            colleague.write(colleague.conversation(cast.patients[name], team), WORDS)
        page = open_window(state=inside).page(f"{demo.url}/inbox/{team}?view=open")
        expect(Inbox(page).row("Ruth Abara")).to_be_visible()

        _choose_two(page)
        _give_priority_and_take_it_off(page)
        _hand_over(page)

    def test_fits_a_phone(self, demo: Demo, cast: Cast, inside: Path, open_window: Open) -> None:
        address = f"{demo.url}/inbox/{cast.teams['Front desk']}?view=open"
        page = open_window(state=inside, size=PHONE).page(address)
        page.get_by_role("checkbox", name=re.compile("^Select ")).first.check()
        expect(page.get_by_role("group", name="Selected conversations")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _choose_two(page: Page) -> None:
    rows = Inbox(page).list.get_by_role("link")
    page.keyboard.press("j")
    expect(rows.first).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("Shift+ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    expect(page.get_by_role("group", name="Selected conversations")).to_contain_text("2 selected")


def _give_priority_and_take_it_off(page: Page) -> None:
    for words in ("2 marked as priority", "2 without priority now"):
        page.keyboard.press("!")
        expect(page.get_by_text(words)).to_be_visible()
        # What was done is chosen no more; the focus is where it was.
        expect(page.get_by_role("group", name="Selected conversations")).to_have_count(0)
        page.keyboard.press("x")
        page.keyboard.press("Shift+ArrowUp" if words.startswith("2 m") else "Escape")


def _hand_over(page: Page) -> None:
    Inbox(page).row("Ruth Abara").click()
    expect(page.get_by_role("heading", name="Ruth Abara", level=1)).to_be_focused()
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog", name="Hand over the conversation with Ruth Abara")
    dialog.get_by_role("radio", name="Nia Brooks").check()
    words = dialog.get_by_role("textbox")
    words.press_sequentially("Ask @le")
    expect(dialog.get_by_role("option", name="Lee Park")).to_be_visible()
    # It closes the list and not the dialog.
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("option")).to_have_count(0)
    words.fill(NOTE)
    page.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("article").filter(has_text=f"@Nia Brooks {NOTE}")).to_be_visible()
    expect(page.get_by_role("button", name="Assigned to Nia Brooks")).to_be_visible()
