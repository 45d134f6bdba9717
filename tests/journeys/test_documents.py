"""A form goes to a patient and a photograph comes back, over a network that fails in the middle."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests import papers
from tests.journeys.browsing import NETWORK, PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import LINK, Cast, Colleague
from tests.journeys.running import Demo, until
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
WHO = "Joan Becker"
NAME = "Fasting rules.pdf"
WORDS = "Here are the rules for Thursday. There are two pages."
ANSWER = "This is how it looks today."


class TestAFormAndAPhotograph:
    """Each step stands on the one before: a conversation is a story."""

    def test_arrive_each_once_and_staff_see_which_document_was_opened(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        joan, team = cast.patients[WHO], cast.teams["Front desk"]
        conversation = colleague.conversation(joan, team)
        desk = open_window(state=inside).page(f"{demo.url}/inbox/{team}/{conversation}")
        dana = Inbox(desk)
        known = len(colleague.texts(joan))
        _send_by_drag(desk, dana)
        document = dana.message(WORDS).get_by_role("listitem").filter(has_text=NAME)
        expect(document).to_contain_text("2 pages")
        expect(document).to_contain_text("Not opened yet")
        _look(desk, dana)

        [link] = LINK.findall(colleague.text_after(joan, known))
        window = open_window(size=PHONE)
        page = window.page(str(link))
        portal = Portal(page)
        assert joan.born
        portal.enter(joan.born)
        expect(dana.viewed(WORDS, WHO)).to_be_visible()
        expect(document).to_contain_text("Not opened yet")
        portal.message(WORDS).get_by_role("link", name=NAME).click()
        expect(page.get_by_role("img").first).to_be_visible()
        expect(document).to_contain_text("Viewed")

        files = _find_again(desk)

        page.goto(f"{demo.url}/m/thread")
        window.pardon(NETWORK)
        _send_through_a_hole(page, portal)
        expect(portal.message(ANSWER).get_by_role("img")).to_have_count(1)
        picture = dana.message(ANSWER).get_by_role("img")
        expect(picture).to_have_count(1)
        until(lambda: bool(picture.evaluate("each => each.naturalHeight === 2000")), "the whole picture, made smaller")
        expect(files.first).to_contain_text(f"From {WHO}")
        files.filter(has_text=NAME).get_by_role("button", name=f"Go to the message with {NAME}").press("Enter")
        expect(dana.message(WORDS)).to_be_in_viewport()


def _send_by_drag(desk: Page, dana: Inbox) -> None:
    dana.drop(NAME, papers.document())
    expect(desk.get_by_text("Who can see this: Joan and Front desk")).to_be_visible()
    dana.send(WORDS)


def _look(desk: Page, dana: Inbox) -> None:
    """Staff open it, turn a page and read its words, with the keyboard alone."""
    dana.message(WORDS).get_by_role("button", name=NAME).press("Enter")
    dialog = desk.get_by_role("dialog", name=NAME)
    page = dialog.get_by_role("img", name=re.compile("^Page 1"))
    until(lambda: bool(page.evaluate("each => each.naturalWidth > 0")), "the first page")
    desk.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Page 2 of 2")
    dialog.get_by_role("button", name="Read as text").press("Enter")
    expect(dialog).to_contain_text("Page 2: come fasting to your blood test")
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def _find_again(desk: Page) -> Locator:
    """Which files the patient has, beside the conversation, unfolded and opened with the keyboard alone."""
    panel = desk.get_by_role("complementary", name="Patient")
    panel.locator("summary").filter(has_text="Files").press("Enter")
    files = panel.locator("details").filter(has_text="Files").get_by_role("listitem")
    form = files.filter(has_text=NAME)
    expect(form).to_contain_text("Sent by")
    expect(form).to_contain_text("Viewed")
    card = form.get_by_role("button", name=re.compile(f"^{re.escape(NAME)}"))
    card.press("Enter")
    expect(desk.get_by_role("dialog", name=NAME)).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog", name=NAME)).to_have_count(0)
    expect(card).to_be_focused()
    return files


def _send_through_a_hole(page: Page, portal: Portal) -> None:
    """The phone loses its signal after the first piece of the photograph, and finds it again."""
    pieces: list[str] = []

    def through(route: Route) -> None:
        if route.request.method == "PUT":
            pieces.append(route.request.url)
            if len(pieces) == 2:
                page.context.set_offline(True)
                route.abort("internetdisconnected")
                return
        route.continue_()

    page.route("**/m/uploads/**", through)
    page.set_input_files("#file", _photograph())
    expect(page.get_by_role("listitem").filter(has_text=portal.says("waiting"))).to_have_count(1)
    portal.reply(ANSWER)
    expect(portal.message(ANSWER)).to_contain_text(portal.says("waiting"))
    page.context.set_offline(False)
    expect(portal.message(ANSWER)).to_contain_text(portal.says("sent"))
    assert sum(url.endswith("?at=0") for url in pieces) == 1, "what had arrived did not go again"


def _photograph() -> FilePayload:
    made = io.BytesIO()
    Image.effect_noise((1500, 3000), 90).convert("RGB").save(made, "JPEG", quality=92)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
