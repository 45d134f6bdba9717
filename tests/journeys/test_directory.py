"""Somebody at the front desk keeps the directory: finds, adds and mends entries, without a mouse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.running import Demo
from tests.journeys.test_accessible import violations
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser

FIRST, LAST = "Dora", "Quill-Register"
"""Nobody else writes with them: this journey adds them itself."""


def look(page: Page, name: str) -> None:
    """Nothing sticks out, and axe finds nothing, in light and in dark."""
    picture(page, name)
    for scheme, rules in (("light", []), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page, rules) == [], scheme
    page.emulate_media(color_scheme="light")


def rows(page: Page) -> Locator:
    """The patients of the list."""
    return page.get_by_role("region", name="Directory").get_by_role("link")


class TestDirectory:
    def test_from_the_list_to_an_entry_and_to_writing(self, demo: Demo, inside: Path, open_window: Open) -> None:
        window = open_window(state=inside)
        window.pardon("409")
        page = window.page(f"{demo.url}/inbox")
        expect(page.get_by_role("navigation", name="Views")).to_be_visible()
        page.keyboard.press("Shift+D")
        expect(rows(page).first).to_be_visible()
        look(page, "directory-list")
        _seek(page)
        _add(page)
        look(page, "directory-entry")
        _mend(page)
        _reach_at_work(page)
        _archive(page)
        _mark_deceased(page)
        _write(page)

    def test_shows_coworkers_and_what_did_not_load(self, demo: Demo, inside: Path, open_window: Open) -> None:
        window = open_window(state=inside)
        window.pardon(r"503|net::ERR_")
        page = window.page(f"{demo.url}/directory?tab=coworkers")
        region = page.get_by_role("region", name="Directory")
        expect(region.get_by_text("Nia Brooks")).to_be_visible()
        picture(page, "directory-coworkers")

        page.route("**/api/v1/directory*", lambda route: route.abort())
        region.get_by_role("button", name="Patients").click()
        region.get_by_role("combobox", name="Show").select_option("name")
        expect(region.get_by_role("alert")).to_contain_text("did not load")
        picture(page, "directory-error")

        page.unroute("**/api/v1/directory*")
        region.get_by_role("button", name="Try again").click()
        expect(rows(page).first).to_be_visible()


def _seek(page: Page) -> None:
    page.get_by_label("Find a patient").fill("Quill-Reg nobody")
    expect(page.get_by_text("Nobody is found by that.")).to_be_visible()
    look(page, "directory-nobody")
    page.get_by_label("Find a patient").fill("")
    expect(rows(page).first).to_be_visible()


def _add(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+N")
    dialog = page.get_by_role("dialog", name="Add a patient")
    ways = dialog.get_by_role("list", name="Can be reached by")
    expect(ways.get_by_text("Secure text: not possible yet")).to_be_visible()
    dialog.get_by_label("First name").fill(FIRST)
    dialog.get_by_label("Last name").fill(LAST)
    dialog.get_by_label("MRN").fill("DQ-7")
    dialog.get_by_label("E-mail").fill("dora.quill@example.com")
    expect(ways.get_by_text("Secure e-mail: not possible yet")).to_have_count(0)
    look(page, "directory-add")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=f"{FIRST} {LAST}")).to_be_focused()
    expect(page).to_have_url(re.compile("/directory/[0-9a-f-]{36}$"))
    expect(rows(page).first).to_contain_text(LAST)


def _mend(page: Page) -> None:
    entry = page.get_by_role("region", name=f"{FIRST} {LAST}")
    entry.get_by_role("button", name="Edit").press("Enter")
    dialog = page.get_by_role("dialog", name="The patient’s entry")
    dialog.get_by_label("Mobile phone").fill("312 555 0177")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(entry.get_by_text("(312) 555-0177")).to_be_visible()
    expect(rows(page).filter(has_text=LAST)).to_contain_text("phone ··77")


def _reach_at_work(page: Page) -> None:
    """A second phone, with whose it is and which; it becomes the preferred one, and the other is taken off."""
    entry = page.get_by_role("region", name=f"{FIRST} {LAST}")
    entry.get_by_role("button", name="Add a phone or e-mail").press("Enter")
    dialog = page.get_by_role("dialog", name="Add a phone or e-mail")
    dialog.get_by_label("Number").fill("312 555 0177")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("is on the patient's entry already")
    dialog.get_by_label("Number").fill("312 555 0178")
    dialog.get_by_label("Which one").select_option("work")
    dialog.get_by_label("Whose it is").select_option("spouse")
    dialog.get_by_label("Their name").fill("Sol Quill")
    look(page, "directory-contact")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(entry.get_by_text("Work · of Sol Quill, spouse")).to_be_visible()
    look(page, "directory-contacts")

    entry.get_by_role("button", name="Make preferred: (312) 555-0178").press("Enter")
    expect(rows(page).filter(has_text=LAST)).to_contain_text("phone ··78")
    entry.get_by_role("button", name="Change dora.quill@example.com").press("Enter")
    dialog = page.get_by_role("dialog", name="dora.quill@example.com")
    dialog.get_by_role("button", name="Remove it from the entry").press("Enter")
    page.get_by_role("dialog", name="Remove dora.quill").get_by_role("button", name="Remove").press("Enter")
    expect(entry.get_by_role("button", name="Change dora.quill@example.com")).to_have_count(0)


def _archive(page: Page) -> None:
    entry = page.get_by_role("region", name=f"{FIRST} {LAST}")
    entry.get_by_role("button", name="Archive").press("Enter")
    expect(entry.get_by_role("button", name="Restore")).to_be_visible()
    page.get_by_role("combobox", name="Show").select_option("archived")
    row = rows(page).filter(has_text=LAST)
    expect(row).to_contain_text("Archived")
    row.press("Enter")
    expect(page.get_by_role("heading", name=f"{FIRST} {LAST}")).to_be_focused()
    entry.get_by_role("button", name="Restore").press("Enter")
    expect(page.get_by_text("Nobody is archived.")).to_be_visible()
    page.get_by_role("combobox", name="Show").select_option("recent")
    rows(page).filter(has_text=LAST).press("Enter")
    expect(page.get_by_role("heading", name=f"{FIRST} {LAST}")).to_be_focused()


def _mark_deceased(page: Page) -> None:
    entry = page.get_by_role("region", name=f"{FIRST} {LAST}")
    entry.get_by_role("button", name="Mark as deceased").press("Enter")
    dialog = page.get_by_role("dialog", name=f"Mark {FIRST} {LAST} as deceased?")
    expect(dialog).to_contain_text("is stopped now")
    dialog.get_by_role("button", name="Mark as deceased").press("Enter")
    expect(entry.get_by_text("Marked as deceased")).to_be_visible()
    look(page, "directory-deceased")
    entry.get_by_role("button", name="Not deceased").press("Enter")
    expect(entry.get_by_text("Marked as deceased")).to_have_count(0)


def _write(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/directory$"))
    expect(rows(page).filter(has_text=LAST)).to_be_focused()
    page.keyboard.press("j")
    expect(rows(page).nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows(page).filter(has_text=LAST)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"{FIRST} {LAST}")).to_be_focused()
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Front desk").press("Enter")
    dialog.get_by_role("button", name="Write", exact=True).press("Enter")
    expect(page.get_by_role("region", name=f"Conversation with {FIRST} {LAST}")).to_be_visible()
    page.get_by_label("To which phone").select_option(label="(312) 555-0177")
    expect(page.get_by_role("button", name="Send secure text to (312) 555-0177")).to_be_visible()
    look(page, "composer-contacts")
    # On a phone the patient lies over the composer.
    page.get_by_role("button", name="Hide the patient").press("Enter")
    picture(page, "composer-contacts-alone")
    page.go_back()
    expect(page.get_by_role("heading", name=f"{FIRST} {LAST}")).to_be_visible()
