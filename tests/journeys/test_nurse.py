"""A nurse's twenty minutes by keyboard alone: a question taken over, a second thought, a document."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import papers
from tests.journeys.browsing import NETWORK, PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import LINK, Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
FIRST, LAST, BORN, PHONE_OF = "Ada", "Okafor", date(1982, 3, 9), "+13125557031"
WHO = f"{FIRST} {LAST}"
TAG = "Call back"
FOR_THE_NURSE = "She asks about the dose. I cannot say."
WRONG = "Take it before breakfast"
RIGHT = "Take it after breakfast, and call us if it does not help."
WITH_PAPER = "Here is what to watch for."
PAPER = "Side effects.pdf"
UNSEEN = "Please come at four."
BLIND = "Let me ask the doctor."
MEANWHILE = "Nia will answer you today."


class TestTheNurse:
    def test_takes_over_thinks_again_and_sends_a_document_without_a_mouse(
        self, demo: Demo, cast: Cast, inside: Path, colleague: Colleague, open_window: Open
    ) -> None:
        team = cast.teams["Front desk"]
        ada = colleague.add(FIRST, LAST, BORN, PHONE_OF)
        conversation = colleague.conversation(ada, team)
        address = f"{demo.url}/inbox/{team}/{conversation}?view=open"
        desk = open_window(state=inside).page(address)
        window = open_window()
        window.pardon(NETWORK)
        window.pardon("status of 409")
        nia = window.page(f"{demo.url}/inbox/{team}?view=open")
        cast.staff["Nia Brooks"].sign_in(nia)

        _leave_it_for_the_nurse(desk)
        _take_over(nia)
        _read_up(nia)
        _think_again(nia)
        _send_a_document(nia)
        # One notice serves both messages.
        [link] = LINK.findall(colleague.texts(ada)[-1])
        Portal(open_window(size=PHONE).page(str(link))).enter(BORN)
        expect(Inbox(nia).viewed(WITH_PAPER, WHO)).to_be_visible()
        _leave_it_to_whoever_writes(desk, nia)
        _is_stopped_by_what_she_has_not_seen(nia, lambda: colleague.write(conversation, UNSEEN))


def _leave_it_for_the_nurse(desk: Page) -> None:
    """A tag that says so on the row, and a note that says why."""
    expect(desk.get_by_role("heading", name=WHO, level=1)).to_be_focused()
    desk.keyboard.press("t")
    tag = desk.get_by_role("button", name=TAG, exact=True)
    expect(tag).to_be_visible()
    while not tag.and_(desk.locator(":focus")).count():
        desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("list", name="Tags", exact=True)).to_contain_text(TAG)
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    expect(desk.get_by_role("textbox", name="Note for the team")).to_be_focused()
    desk.keyboard.type(FOR_THE_NURSE)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("article").filter(has_text=FOR_THE_NURSE)).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")


def _take_over(nia: Page) -> None:
    """From the row that is tagged for her to the note, and it is hers by one key."""
    row = Inbox(nia).row(WHO)
    expect(row).to_contain_text(TAG)
    while not row.and_(nia.locator(":focus")).count():
        nia.keyboard.press("j")
    nia.keyboard.press("Enter")
    expect(nia.get_by_role("heading", name=WHO, level=1)).to_be_focused()
    # It opens at what she has not read; the note is the newest.
    nia.locator(".timeline").focus()
    nia.keyboard.press("End")
    expect(nia.get_by_role("article").filter(has_text=FOR_THE_NURSE)).to_be_in_viewport()
    # What was on her screen for less than a second she has not read, and answering it would be stopped.
    expect(row).not_to_contain_text("Unread")
    nia.keyboard.press("a")
    expect(nia.get_by_role("button", name="Assigned to you")).to_be_visible()


def _read_up(nia: Page) -> None:
    """What was said before, and which files there are."""
    timeline = nia.locator(".timeline")
    timeline.focus()
    nia.keyboard.press("Home")
    expect(timeline.get_by_role("article").first).to_be_in_viewport()
    panel = nia.get_by_role("complementary", name="Patient")
    panel.locator("summary").filter(has_text="Files").press("Enter")
    expect(panel.get_by_text("No files were sent or received here.")).to_be_visible()


def _think_again(nia: Page) -> None:
    nia.keyboard.press("r")
    nia.keyboard.type(WRONG)
    nia.keyboard.press("Control+Enter")
    expect(Inbox(nia).message(WRONG).get_by_role("button", name="Undo")).to_be_visible()
    nia.keyboard.press("Escape")
    nia.keyboard.press("z")
    expect(Inbox(nia).message(WRONG)).to_contain_text("Nia Brooks took this back")
    expect(Inbox(nia).field()).to_be_focused()
    expect(Inbox(nia).field()).to_have_value(WRONG)
    nia.keyboard.press("Control+a")
    nia.keyboard.type(RIGHT)
    nia.keyboard.press("Control+Enter")
    expect(Inbox(nia).message(RIGHT)).to_contain_text(re.compile("Notice (sent|delivered)"))


def _send_a_document(nia: Page) -> None:
    with nia.expect_file_chooser() as chosen:
        nia.keyboard.press("Control+Shift+u")
    chosen.value.set_files({"name": PAPER, "mimeType": "application/pdf", "buffer": papers.document()})
    expect(nia.get_by_role("list", name="Files of this message")).to_contain_text("ready")
    expect(nia.get_by_text("Who can see this: Ada and Front desk")).to_be_visible()
    nia.get_by_role("button", name=f"Look at {PAPER}").press("Enter")
    expect(nia.get_by_role("dialog", name=PAPER).get_by_role("img").first).to_be_visible()
    nia.keyboard.press("Escape")
    expect(nia.get_by_role("dialog")).to_have_count(0)
    nia.keyboard.press("r")
    expect(Inbox(nia).field()).to_be_focused()
    nia.keyboard.type(WITH_PAPER)
    nia.keyboard.press("Control+Enter")
    expect(Inbox(nia).message(WITH_PAPER)).to_contain_text(PAPER)
    expect(Inbox(nia).message(WITH_PAPER)).to_contain_text(re.compile("Notice (sent|delivered)"))


def _leave_it_to_whoever_writes(desk: Page, nia: Page) -> None:
    """She sees who is at it, and what they sent, before she has written a word."""
    desk.keyboard.press("r")
    desk.keyboard.type(MEANWHILE)
    expect(nia.get_by_text("Dana Reyes is replying")).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(Inbox(nia).message(MEANWHILE)).to_be_visible()
    expect(nia.get_by_text("Dana Reyes is replying")).to_have_count(0)


def _is_stopped_by_what_she_has_not_seen(nia: Page, write: Callable[[], None]) -> None:
    """What she sends while her network is away stands on a thread without the colleague's answer."""
    nia.context.set_offline(True)
    nia.keyboard.type(BLIND)
    nia.keyboard.press("Control+Enter")
    expect(Inbox(nia).message(BLIND)).to_contain_text("Waiting for the network")
    write()
    nia.context.set_offline(False)
    expect(Inbox(nia).message(BLIND)).to_contain_text("Not sent – Somebody wrote in between")
    Inbox(nia).message(BLIND).get_by_role("button", name="Show").press("Enter")
    dialog = nia.get_by_role("dialog", name="Dana Reyes wrote while you were writing")
    expect(dialog).to_contain_text(UNSEEN)
    dialog.get_by_role("button", name="Keep editing").press("Enter")
    expect(Inbox(nia).field()).to_have_value(BLIND)
    expect(Inbox(nia).field()).to_be_focused()
