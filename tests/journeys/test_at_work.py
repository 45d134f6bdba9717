"""Two colleagues who share the work of one inbox, without a mouse: a note, whose work it is, later, and done."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague, Worker
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox

pytestmark = pytest.mark.browser
NOTE = "could you look at the dose?"
ANSWER = "One tablet in the morning is right."
WHY = "Her daughter came by and asked."


class TestTwoAtOneDesk:
    def test_hand_a_question_over_and_bring_it_to_an_end_without_a_mouse(
        self, demo: Demo, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        team, patient = cast.teams["Front desk"], cast.patients["Carl Byrne"]
        conversation = colleague.conversation(patient, team)
        address = f"{demo.url}/inbox/{team}/{conversation}"
        dana = _at(open_window().page(address), cast.staff["Dana Reyes"])
        dana.goto(address)
        nia = _at(open_window().page(f"{demo.url}/inbox/all"), cast.staff["Nia Brooks"])
        expect(dana.get_by_role("heading", name=patient.name, level=1)).to_be_visible()

        _write_a_note(dana)
        _assign_to_nia(dana)
        _take_over(nia, patient.name)
        expect(Inbox(dana).message(ANSWER)).to_be_visible()
        _put_off(nia)
        _finish(dana)


def _at(page: Page, worker: Worker) -> Page:
    worker.sign_in(page)
    expect(Inbox(page).list).to_be_visible()
    return page


def _line(page: Page, words: str) -> Locator:
    return page.locator(".timeline").get_by_text(words)


def _write_a_note(dana: Page) -> None:
    dana.keyboard.press("n")
    expect(dana.get_by_role("textbox", name="Note for the team")).to_be_focused()
    dana.keyboard.type("@Ni")
    expect(dana.get_by_role("option", name="Nia Brooks")).to_have_attribute("aria-selected", "true")
    dana.keyboard.press("Enter")
    dana.keyboard.type(NOTE)
    dana.keyboard.press("Control+Enter")
    expect(dana.get_by_role("article").filter(has_text=NOTE)).to_contain_text("@Nia Brooks")
    dana.keyboard.press("Escape")
    dana.keyboard.press("Escape")


def _assign_to_nia(dana: Page) -> None:
    dana.keyboard.press("Shift+A")
    for name in ("Me", "Nia Brooks"):
        expect(dana.get_by_role("button", name=name, exact=True)).to_be_visible()
    while not dana.get_by_role("button", name="Nia Brooks", exact=True).and_(dana.locator(":focus")).count():
        dana.keyboard.press("ArrowDown")
    dana.keyboard.press("Enter")
    expect(_line(dana, "You assigned this to Nia Brooks")).to_be_visible()


def _take_over(nia: Page, patient: str) -> None:
    """She is told wherever she is; the list of mentions leads there."""
    expect(nia.get_by_text(f"Dana Reyes assigned {patient} to you")).to_be_visible()
    nia.keyboard.press("m")
    mention = nia.get_by_role("dialog", name="Mentions").get_by_role("button").filter(has_text=NOTE)
    expect(mention).to_contain_text("New")
    mention.press("Enter")
    expect(nia.get_by_role("heading", name=patient, level=1)).to_be_visible()
    expect(_line(nia, "Dana Reyes assigned this to you")).to_be_visible()
    expect(Inbox(nia).view("Mine")).to_contain_text("1")
    nia.keyboard.press("r")
    expect(Inbox(nia).field()).to_be_focused()
    nia.keyboard.type(ANSWER)
    nia.keyboard.press("Control+Enter")
    expect(Inbox(nia).message(ANSWER)).to_contain_text(re.compile("Notice (sent|delivered)"))
    nia.keyboard.press("Escape")


def _put_off(nia: Page) -> None:
    nia.keyboard.press("s")
    dialog = nia.get_by_role("dialog", name="Snooze until")
    expect(dialog.get_by_role("button").nth(1)).to_be_visible()
    nia.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(_line(nia, "You snoozed this until")).to_be_visible()
    nia.keyboard.press("s")
    expect(_line(nia, "You ended the snooze")).to_be_visible()


def _finish(dana: Page) -> None:
    """Nothing waits there now, so it is done with one key, and priority goes with it."""
    dana.keyboard.press("!")
    expect(_line(dana, "You marked this as priority")).to_be_visible()
    dana.keyboard.press("e")
    expect(_line(dana, "You marked this done")).to_be_visible()


class TestAQuestionWithoutAnAnswer:
    def test_is_done_with_a_reason_that_the_team_can_read(
        self, demo: Demo, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        page = _at(open_window().page(f"{demo.url}/inbox/all"), cast.staff["Lee Park"])
        rows = Inbox(page).list.get_by_role("link")
        expect(rows.first).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.get_by_role("form", name="Write a message")).to_be_visible()
        page.keyboard.press("e")
        dialog = page.get_by_role("dialog", name="Done without an answer?")
        dialog.get_by_label("Something else").check()
        dialog.get_by_label("What happened").fill(WHY)
        page.keyboard.press("Enter")

        expect(dialog).to_have_count(0)
        expect(_line(page, f"You marked this done: “{WHY}”")).to_be_visible()
        page.keyboard.press("e")
        expect(_line(page, "You reopened this")).to_be_visible()


class TestTheTeamsGoal:
    def test_marks_a_question_as_overdue_on_the_screens_of_the_team(
        self, demo: Demo, cast: Cast, open_window: Open
    ) -> None:
        name = "Luis Ortega"
        robin = _at(open_window().page(f"{demo.url}/inbox/all"), cast.staff["Robin Lane"])
        expect(Inbox(robin).row(name)).to_be_visible()
        expect(Inbox(robin).row(name)).not_to_contain_text("Overdue")
        sam = _at(open_window().page(f"{demo.url}/inbox/all"), cast.staff["Sam Whitfield"])
        sam.get_by_role("button", name="Switch team").click()
        sam.get_by_role("button", name="Opening hours").click()
        dialog = sam.get_by_role("dialog", name="Opening hours")
        dialog.get_by_role("combobox").first.select_option("Billing")
        dialog.get_by_label("Our own goal for an answer").select_option("15 minutes")
        dialog.get_by_role("button", name="Save hours").click()
        expect(dialog).to_have_count(0)

        expect(Inbox(robin).row(name)).to_contain_text(re.compile(r"Overdue \d+ h"))
        expect(Inbox(sam).row(name)).to_contain_text(re.compile(r"Overdue \d+ h"))
        Inbox(robin).row(name).click()
        beside = robin.get_by_role("complementary", name="Patient")
        waits = r"Waiting \d+ h of open time\. Asked .*, \d d ago\. .*Overdue \d+ h\."
        expect(beside).to_contain_text(re.compile(waits))
