"""A front desk without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Worker
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox

pytestmark = pytest.mark.browser
WORDS = "Rest today, and call us if it is not better tomorrow."
HELLO = "Welcome to our clinic."
BEGUN = "One more thing"


class TestKeys:
    def test_sign_in_walk_the_list_answer_and_begin_anew_without_a_mouse(
        self, demo: Demo, cast: Cast, open_window: Open
    ) -> None:
        window = open_window()
        # A locked session is told so, and one password is wrong.
        window.pardon("status of 4(01|22)")
        page = window.page(f"{demo.url}/inbox")
        _sign_in(page, cast.staff["Nia Brooks"])
        _walk(page)
        _answer(page)
        _ask_for_the_keys(page)
        _begin_anew(page)
        _find_the_words(page)
        _go_by_name(page)
        _leave_the_desk(page, cast.staff["Nia Brooks"])


def _sign_in(page: Page, nia: Worker) -> None:
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.keyboard.type(nia.email)
    page.keyboard.press("Tab")
    page.keyboard.type(nia.password)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Six-digit code")).to_be_focused()
    page.keyboard.type(nia.code())
    page.keyboard.press("Enter")


def _walk(page: Page) -> None:
    rows = Inbox(page).list.get_by_role("link")
    expect(rows.nth(1)).to_be_visible()
    for key, at in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(at)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("form", name="Write a message")).to_be_visible()


def _answer(page: Page) -> None:
    page.keyboard.press("r")
    expect(Inbox(page).field()).to_be_focused()
    page.keyboard.type(WORDS)
    page.keyboard.press("Control+Enter")
    expect(Inbox(page).message(WORDS)).to_contain_text(re.compile("Notice (sent|delivered)"))
    expect(Inbox(page).field()).to_have_value("")


def _ask_for_the_keys(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Help")
    expect(dialog.get_by_text("Next conversation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/inbox/all$"))


def _begin_anew(page: Page) -> None:
    page.keyboard.press("c")
    expect(page.get_by_role("dialog", name="Find a patient").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("Ben Fo")
    expect(page.get_by_role("option", name=re.compile("Ben Foster"))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Front desk").and_(page.locator(":focus"))).to_be_visible()
    page.keyboard.press("Enter")
    ways = page.get_by_role("dialog", name="How to write").get_by_role("group", name="How to write")
    expect(ways.get_by_role("radio", name="Secure text")).to_be_focused()
    expect(ways).to_have_accessible_description(re.compile("Secure e-mail: No e-mail address on file"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ben Foster", level=1)).to_be_visible()
    expect(Inbox(page).field()).to_be_focused()
    page.keyboard.type(HELLO)
    page.keyboard.press("Control+Enter")
    expect(Inbox(page).message(HELLO)).to_contain_text(re.compile("Notice (sent|delivered)"))


def _find_the_words(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    search = page.get_by_role("dialog", name="Search")
    expect(search.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("TOMORROW rest better")
    expect(search.get_by_role("option", name=re.compile("Rest today"))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(search).to_have_count(0)
    expect(Inbox(page).message(WORDS)).to_be_in_viewport()
    expect(page.get_by_role("listitem").filter(has_text=WORDS).and_(page.locator(":focus"))).to_be_visible()


def _go_by_name(page: Page) -> None:
    page.keyboard.press("Control+k")
    commands = page.get_by_role("dialog", name="All commands")
    expect(commands.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("show snoo")
    page.keyboard.press("Enter")
    expect(commands).to_have_count(0)
    expect(page).to_have_url(re.compile("view=snoozed"))


def _leave_the_desk(page: Page, nia: Worker) -> None:
    page.keyboard.press("r")
    page.keyboard.type(BEGUN)
    page.keyboard.press("Control+Shift+L")
    lock = page.get_by_role("dialog", name="Locked")
    _is_locked(page, nia)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(lock).to_be_visible()
    page.reload()
    _is_locked(page, nia)
    page.go_back()
    _is_locked(page, nia)
    page.keyboard.type("not this one, surely")
    page.keyboard.press("Enter")
    expect(lock.get_by_role("alert")).to_contain_text("That password is not right")
    page.keyboard.type(nia.password)
    page.keyboard.press("Enter")
    expect(lock).to_have_count(0)
    page.go_forward()
    expect(Inbox(page).field()).to_have_value(BEGUN)


def _is_locked(page: Page, nia: Worker) -> None:
    lock = page.get_by_role("dialog", name="Locked")
    expect(lock.get_by_text(nia.name)).to_be_visible()
    expect(lock.get_by_label("Password")).to_be_focused()
    expect(page).to_have_title(re.compile("^Locked"))
    expect(page.get_by_role("main")).to_be_empty()
