"""A list that somebody comes back to, kept under a name of her own without a mouse; her other screen follows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser
NAME, NEW_NAME = "Nobody has them yet", "First thing in the morning"


class TestSavedViews:
    def test_are_kept_shown_renamed_and_removed_without_a_mouse(
        self, demo: Demo, cast: Cast, inside: Path, open_window: Open
    ) -> None:
        window = open_window(state=inside)
        page = window.page(f"{demo.url}/inbox/{cast.teams['Front desk']}?view=unassigned")
        other = window.page(f"{demo.url}/inbox/all")
        _keep(page, NAME)
        expect(_kept(other, NAME)).to_be_visible()
        other.close()

        _show_by_its_key(page)
        _show_by_its_name(page)
        _rename(page)
        picture(page, "saved-views")
        _remove(page)


class TestFilters:
    def test_are_chosen_without_a_mouse_stay_after_a_reload_are_kept_and_let_rows_in_live(
        self, demo: Demo, cast: Cast, inside: Path, colleague: Colleague, open_window: Open
    ) -> None:
        team = cast.teams["Front desk"]
        conversation = colleague.begin_with_somebody_new("Yolanda", "Quispe", team, "es")
        page = open_window(state=inside).page(f"{demo.url}/inbox/{team}?view=open&way=fax")
        expect(page.get_by_text("a filter that there is not (way)")).to_be_visible()
        expect(page).to_have_url(re.compile(r"view=open$"))

        _filter(page)
        page.reload()
        expect(_on(page).get_by_role("button")).to_have_text(["Assigned to Lee Park", "Reads Spanish"])
        _keep_filtered(page)
        expect(Inbox(page).row("Yolanda Quispe")).to_have_count(0)
        colleague.assign(conversation, "Lee Park")
        expect(Inbox(page).row("Yolanda Quispe")).to_be_visible()
        picture(page, "filtered")

        _take_off(page)
        _kept(page, "Lee in Spanish").click()
        expect(Inbox(page).row("Yolanda Quispe")).to_be_visible()
        page.go_back()
        expect(_on(page)).to_have_count(0)
        _forget(page)


def _on(page: Page) -> Locator:
    return page.get_by_role("list", name="Filters that are on")


def _filter(page: Page) -> None:
    page.keyboard.press("f")
    assignee = page.get_by_label("Assigned to")
    expect(assignee).to_be_focused()
    expect(assignee.get_by_role("option", name="Lee Park")).to_be_attached()
    page.keyboard.type("Lee")
    expect(_on(page)).to_contain_text("Assigned to Lee Park")
    page.keyboard.press("Tab")
    page.keyboard.type("Spa")
    expect(_on(page)).to_contain_text("Reads Spanish")
    picture(page, "filter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Filter the list")).to_be_focused()
    expect(page.get_by_text("Filters are on, and nothing here fits them.")).to_be_visible()
    picture(page, "filtered-nothing")


def _keep_filtered(page: Page) -> None:
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog", name="Save this list")
    expect(dialog.get_by_text("Open · Front desk · Assigned to Lee Park · Reads Spanish")).to_be_visible()
    page.keyboard.type("Lee in Spanish")
    page.keyboard.press("Enter")
    expect(_kept(page, "Lee in Spanish")).to_have_attribute("aria-current", "true")


def _take_off(page: Page) -> None:
    page.get_by_role("button", name="Remove the filter “Assigned to Lee Park”").press("Enter")
    expect(_on(page).get_by_role("button")).to_have_text(["Reads Spanish"])
    page.get_by_role("button", name="Remove the filter “Reads Spanish”").press("Enter")
    expect(_on(page)).to_have_count(0)
    expect(Inbox(page).row("Wei Chen")).to_be_visible()


def _forget(page: Page) -> None:
    page.keyboard.press("Shift+V")
    page.get_by_role("button", name="Remove Lee in Spanish").press("Enter")
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    page.keyboard.press("Escape")
    expect(_kept(page, "Lee in Spanish")).to_have_count(0)


def _kept(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Views").get_by_role("button", name=re.compile(f"^{name}"))


def _keep(page: Page, name: str) -> None:
    expect(Inbox(page).list.get_by_role("heading", name="Unassigned")).to_be_visible()
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog", name="Save this list")
    expect(dialog.get_by_label("Name of the view")).to_be_focused()
    expect(dialog.get_by_text("Unassigned · Front desk. Only you see it")).to_be_visible()
    page.keyboard.type(name)
    picture(page, "save-view")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(_kept(page, name)).to_have_attribute("aria-current", "true")


def _elsewhere(page: Page) -> None:
    page.keyboard.press("[")
    expect(_kept(page, NAME)).not_to_have_attribute("aria-current", "true")


def _is_shown(page: Page) -> None:
    expect(_kept(page, NAME)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"/inbox/[0-9a-f-]{36}\?view=unassigned$"))


def _show_by_its_key(page: Page) -> None:
    _elsewhere(page)
    page.keyboard.press("1")
    _is_shown(page)


def _show_by_its_name(page: Page) -> None:
    _elsewhere(page)
    page.keyboard.press("Control+k")
    commands = page.get_by_role("dialog", name="All commands")
    expect(commands.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("show nobody has")
    expect(commands.get_by_role("option", name=re.compile(NAME))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(commands).to_have_count(0)
    _is_shown(page)


def _rename(page: Page) -> None:
    page.keyboard.press("Shift+V")
    expect(page.get_by_role("button", name=f"Show {NAME}")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_role("dialog", name=f"Rename “{NAME}”").get_by_label("Name of the view")
    expect(field).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(NEW_NAME)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Show {NEW_NAME}")).to_be_focused()


def _remove(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Remove {NEW_NAME}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    expect(page.get_by_text(f"Removed “{NEW_NAME}”")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(_kept(page, NEW_NAME)).to_have_count(0)
