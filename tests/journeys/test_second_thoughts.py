"""What a writer can still change: undo, take back, send later, and a plain text that looks private."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import PLAIN, SECURE, Inbox

pytestmark = pytest.mark.browser
WRONG = "This was meant for somebody else."
RIGHT = "Your form is ready. Please bring it along."
LATER = "Remember your insurance card tomorrow."
PRIVATE = "Your biopsy is back"


@pytest.fixture
def page(demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open) -> Page:
    """Dana's screen with Grace Liu's conversation open."""
    team = cast.teams["Front desk"]
    conversation = colleague.conversation(cast.patients["Grace Liu"], team)
    page = open_window(state=inside).page(f"{demo.url}/inbox/{team}/{conversation}?view=open")
    expect(Inbox(page).field()).to_be_visible()
    return page


class TestUndo:
    def test_gives_the_words_back_before_anything_has_left(self, page: Page, cast: Cast, colleague: Colleague) -> None:
        inbox, grace = Inbox(page), cast.patients["Grace Liu"]
        known = len(colleague.texts(grace))
        inbox.send(WRONG)
        expect(inbox.message(WRONG).get_by_role("button", name="Undo")).to_be_visible()
        # From the field Escape leads out of it; from elsewhere out of the conversation.
        inbox.field().focus()
        page.keyboard.press("Escape")
        page.keyboard.press("z")
        expect(inbox.message(WRONG)).to_contain_text("Dana Reyes took this back")
        expect(inbox.field()).to_have_value(WRONG)
        expect(inbox.field()).to_be_focused()
        inbox.send(RIGHT)
        expect(inbox.message(RIGHT)).to_contain_text("Notice delivered")
        assert len(colleague.texts(grace)) == known + 1, "what was undone sent nothing"


class TestBothWays:
    def test_have_a_word_each_and_go_together_when_taken_back(self, page: Page) -> None:
        inbox = Inbox(page)
        page.get_by_role("group", name="How to send").get_by_text("Both", exact=True).click()
        inbox.send("Both of it.", SECURE)
        message = inbox.message("Both of it.")
        expect(message).to_contain_text("E-mail: notice")
        expect(message).to_contain_text("Text: notice")
        message.get_by_role("button", name="More for this message").click()
        page.get_by_role("button", name="Take back").click()
        page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
        expect(message).to_contain_text("Dana Reyes took this back")


class TestLater:
    def test_waits_in_the_thread_and_comes_back_to_be_sent_now(self, page: Page) -> None:
        inbox = Inbox(page)
        inbox.field().fill(LATER)
        page.keyboard.press("Escape")
        page.keyboard.press("Shift+S")
        page.get_by_role("dialog", name="Send later").get_by_role("button", name="Tomorrow, 8:00 AM").click()
        expect(inbox.message(LATER)).to_contain_text("Goes out")
        expect(inbox.field()).to_have_value("")
        inbox.message(LATER).get_by_role("button", name="Edit or send now").click()
        expect(inbox.message(LATER)).to_have_count(0)
        expect(inbox.field()).to_have_value(LATER)


class TestAPlainTextThatLooksPrivate:
    def test_is_asked_about_once_and_can_go_privately_by_one_key(self, page: Page) -> None:
        inbox = Inbox(page)
        inbox.choose(PLAIN)
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("agreed to this").check()
        dialog.get_by_role("button", name="Record and use plain text").click()
        expect(dialog).to_have_count(0)
        inbox.field().fill(PRIVATE)
        expect(page.get_by_text("This looks private: “biopsy”")).to_be_visible()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("Press Send once more")
        expect(inbox.message(PRIVATE)).to_have_count(0)
        page.keyboard.press("Alt+s")
        page.keyboard.press("Control+Enter")
        expect(inbox.message(PRIVATE)).to_contain_text("Secure text")
