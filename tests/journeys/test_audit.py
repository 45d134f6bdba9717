"""The clinic's admin asks who did what, and who saw one patient, and saves the day."""

import csv
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.test_directory import rows
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser


def test_an_admin_asks_who_did_what_and_saves_it(demo: Demo, cast: Cast, open_window: Open) -> None:
    page = open_window().page(f"{demo.url}/audit")
    cast.staff["Ana Duarte"].sign_in(page)
    dialog = page.get_by_role("dialog", name="Who did what")
    lines = dialog.get_by_role("list", name="Entries").get_by_role("listitem")
    expect(lines.filter(has_text="Ana Duarte signed in").first).to_be_visible()
    picture(page, "audit")

    dialog.locator("select[name=person]").select_option(label="Ana Duarte")
    dialog.locator("select[name=sort]").select_option(label="Signing in")
    dialog.get_by_role("button", name="Show").click()
    expect(lines.filter(has_text="asked the audit")).to_have_count(0)
    expect(lines.filter(has_text="signed in").first).to_contain_text("from 127.0.0.1")
    dialog.get_by_role("button", name="Export…").click()
    save = page.get_by_role("dialog", name="Export the audit")
    picture(page, "audit-export")
    with page.expect_download() as saved:
        save.get_by_role("button", name="Export").click()
    table = list(csv.DictReader(saved.value.path().read_text("utf-8-sig").splitlines()))
    assert any(row["who"] == "Ana Duarte" and row["did"] == "audit:read" for row in table)
    assert re.fullmatch(r"audit-.*\.csv", saved.value.suggested_filename)


def test_one_press_from_a_patient_to_who_saw_them(demo: Demo, cast: Cast, open_window: Open) -> None:
    page = open_window(size=(390, 844), dark=True).page(f"{demo.url}/directory")
    cast.staff["Ana Duarte"].sign_in(page)
    rows(page).first.click()
    page.get_by_role("button", name="Who saw this patient").click()
    dialog = page.get_by_role("dialog", name=re.compile("^Who saw "))
    ana = dialog.get_by_role("listitem").filter(has_text="Ana Duarte")
    expect(ana).to_contain_text("opened the patient’s entry")
    picture(page, "audit-seers")
    dialog.get_by_role("button", name="Every entry").click()
    expect(_lines(page).first).to_contain_text("Ana Duarte")
    picture(page, "audit-patient")


def _lines(page: Page) -> Locator:
    return page.get_by_role("list", name="Entries").get_by_role("listitem")
