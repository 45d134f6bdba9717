"""What can be tried on the demo page, and its beginning anew, which takes a demo of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import NETWORK, Window
from tests.journeys.conftest import Open
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox, Phone

pytestmark = pytest.mark.browser
WHO, OFF = "Carl Byrne", "Peter Olsen"
WORDS = "Your prescription is ready."


@pytest.fixture
def another(browser: Browser, sources: Path, tmp_path: Path) -> Iterator[Demo]:
    """A demo that nobody else minds."""
    demo = Demo(sources, tmp_path)
    try:
        demo.start()
        yield demo
    finally:
        code = demo.stop()
    assert code == 0, demo.said


@pytest.fixture
def window(open_window: Open) -> Window:
    """A browser whose servers go away for a while."""
    window = open_window(size=(1500, 950))
    for each in (NETWORK, "status of 401", "status of 503", "WebSocket"):
        window.pardon(each)
    return window


def test_its_phone_loses_the_signal_and_the_demo_begins_anew(another: Demo, window: Window) -> None:
    page = window.page(another.door)
    page.get_by_role("button", name="Enter the demo").click()
    dana, phone = Inbox(page.frame_locator('iframe[title="Dana’s inbox"]')), Phone(page)

    _a_phone_is_off(page, dana, phone)
    phone.take(WHO)
    dana.start_with(WHO)
    dana.send(WORDS)
    expect(phone.items("Messages")).to_have_count(1)
    page.get_by_role("button", name="Preview robot").click()
    expect(page.get_by_text("A preview robot opened the newest link.")).to_be_visible()

    gone = page.get_by_role("button", name="Lose signal")
    gone.press("Enter")
    expect(gone).to_have_attribute("aria-pressed", "true")
    phone.items("Messages").get_by_role("link").click()
    patient = page.frame_locator('iframe[title="The patient’s browser"]')
    page.wait_for_timeout(1500)
    expect(patient.get_by_role("button")).to_have_count(0)
    gone.press("Enter")
    expect(patient.get_by_role("button").first).to_be_visible()
    expect(dana.viewed(WORDS, WHO)).to_have_count(0)

    _begins_anew(page, phone)


def _a_phone_is_off(page: Page, dana: Inbox, phone: Phone) -> None:
    phone.take(OFF)
    known = phone.items("Messages").count()
    page.get_by_role("button", name="Undelivered").click()
    expect(page.get_by_text("No text reaches this phone now.")).to_be_visible()
    dana.start_with(OFF)
    dana.send(WORDS)
    expect(dana.message(WORDS)).to_contain_text("Undelivered")
    expect(phone.items("Messages")).to_have_count(known)


def _begins_anew(page: Page, phone: Phone) -> None:
    button = page.get_by_role("button", name="Reset")
    button.click()
    page.get_by_role("button", name="Throw everything away?").click()
    expect(page.get_by_role("status").filter(has_text="A new demo is made.")).to_be_visible()
    enter = page.get_by_role("button", name="Enter the demo")
    expect(enter).to_be_visible(timeout=90_000)
    enter.click()
    phone.take(WHO)
    expect(phone.items("Messages")).to_have_count(0)
    expect(Inbox(page.frame_locator('iframe[title="Dana’s inbox"]')).list).to_be_visible()
