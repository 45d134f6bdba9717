"""Words in the wrong place, put right by keyboard alone: a stranger's given to the wrong patient, a relative's text."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser
STRANGER, RIGHT, WRONG = "13125557009", "Noor Haddad", "Fatima Khan"
WORDS, RELATIVES = "It is about the blue form", "This is her cousin, who borrowed the phone"


class TestTheWrongPatient:
    def test_loses_the_words_by_undo_and_by_the_messages_menu(
        self, demo: Demo, cast: Cast, inside: Path, open_window: Open
    ) -> None:
        page = open_window(state=inside).page(f"{demo.url}/inbox/{cast.teams['Front desk']}?view=open")
        _text(page, demo, STRANGER, WORDS)
        _give_to(page, WRONG)
        expect(page.get_by_text(f"Now with {WRONG}")).to_be_visible()
        page.keyboard.press("z")
        expect(page.get_by_role("region", name="Unknown senders").get_by_text(WORDS)).to_be_visible()

        _give_to(page, WRONG)
        dialog = _whose(page, WORDS)
        picture(page, "misfiled")
        page.keyboard.type(RIGHT)
        expect(dialog.get_by_role("option", name=re.compile(f"^{RIGHT}"))).to_be_visible()
        page.keyboard.press("Enter")
        expect(dialog.get_by_text("Move it to the conversation with")).to_be_visible()
        picture(page, "misfiled-sure")
        _press(page, dialog.get_by_role("button", name=re.compile("^Yes")))
        expect(dialog).to_have_count(0)
        expect(Inbox(page).message("moved this: it was somebody else’s").last).to_be_visible()
        expect(page.get_by_role("region", name=f"Conversation with {WRONG}").get_by_text(WORDS)).to_have_count(0)
        picture(page, "misfiled-moved")
        page.keyboard.press("Escape")
        Inbox(page).view("Open").press("Enter")
        Inbox(page).row(RIGHT).press("Enter")
        expect(Inbox(page).message(WORDS)).to_be_visible()


class TestARelativesText:
    def test_goes_to_the_unknown_senders(self, demo: Demo, cast: Cast, inside: Path, open_window: Open) -> None:
        page = open_window(state=inside).page(f"{demo.url}/inbox/{cast.teams['Front desk']}?view=open")
        _text(page, demo, (cast.patients[WRONG].phone or "").lstrip("+"), RELATIVES)
        Inbox(page).row(WRONG).press("Enter")
        dialog = _whose(page, RELATIVES)
        _press(page, dialog.get_by_role("button", name="Nobody I know"))
        _press(page, dialog.get_by_role("button", name="Yes, move it"))

        expect(Inbox(page).message(RELATIVES)).to_have_count(0)
        _press(page, page.get_by_role("button", name=re.compile("^Unknown senders")).first)
        expect(page.get_by_role("region", name="Unknown senders").get_by_text(RELATIVES)).to_be_visible()


def _text(page: Page, demo: Demo, phone: str, words: str) -> None:
    me = page.request.get(f"{demo.url}/api/v1/me").json()
    [number] = next(team["numbers"] for team in me["teams"] if team["name"] == "Front desk")
    sent = page.request.post(
        f"{demo.url}/demo/phone/{phone}",
        data={"to": str(number).lstrip("+"), "text": words},
        headers={"Origin": demo.url},
    )
    assert sent.ok, sent.status


def _press(page: Page, button: Locator) -> None:
    """By keyboard: whoever can reach it presses Enter."""
    button.focus()
    page.keyboard.press("Enter")


def _give_to(page: Page, name: str) -> None:
    _press(page, page.get_by_role("button", name=re.compile("^Unknown senders")).first)
    _press(page, page.get_by_role("region", name="Unknown senders").get_by_role("button", name="Find the patient"))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(name)
    expect(dialog.get_by_role("option", name=re.compile(f"^{name}"))).to_be_visible()
    page.keyboard.press("Enter")
    _press(page, dialog.get_by_role("button", name=re.compile("^Yes")))
    expect(Inbox(page).message(WORDS).last).to_be_visible()


def _whose(page: Page, words: str) -> Locator:
    """The dialog that the message's menu opens."""
    _press(page, Inbox(page).message(words).get_by_role("button", name="More for this message"))
    expect(page.get_by_role("button", name="Belongs to somebody else…")).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Whose message is this?")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    return dialog
