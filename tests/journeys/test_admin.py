"""A supervisor's morning in the directory: tags, groups, one person twice, a list in and the whole out. By keyboard."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.test_directory import look, rows

pytestmark = pytest.mark.browser

LAST = "Ledger-Morning"
"""Nobody else writes with them: these journeys add them themselves."""
BORN = "1961-05-06"
LIST = f"""MRN,First name,Last name,Cell,Date of birth,Phone 2,Phone 2 type,Phone 2 owner
LM-301,Una,{LAST},312 555 0131,5/21/1970,312 555 0133,Work,Ida {LAST} (mother)
LM-302,Vic,{LAST},312 555 0132,11/13/1972,,,
"""
A_MINUTE = 150_000


def add(page: Page, first: str, phone: str, mrn: str) -> None:
    """A new entry, which is open then."""
    page.keyboard.press("Shift+N")
    dialog = page.get_by_role("dialog", name="Add a patient")
    dialog.get_by_label("First name").fill(first)
    dialog.get_by_label("Last name").fill(LAST)
    dialog.get_by_label("Date of birth").fill(BORN)
    dialog.get_by_label("MRN").fill(mrn)
    dialog.get_by_label("Mobile phone").fill(phone)
    page.keyboard.press("Enter")
    expect(entry(page, first).get_by_text(mrn)).to_be_visible()
    expect(page.get_by_role("heading", name=f"{first} {LAST}")).to_be_focused()


def entry(page: Page, first: str) -> Locator:
    """What is open of somebody."""
    return page.get_by_role("region", name=f"{first} {LAST}")


def marks(page: Page, first: str, what: str) -> Locator:
    """The tags or groups of somebody."""
    return entry(page, first).get_by_role("list", name=what)


class TestDirectory:
    def test_tags_groups_and_one_person_twice(self, demo: Demo, inside: Path, open_window: Open) -> None:
        window = open_window(state=inside)
        # The entry that is open goes into the other one.
        window.pardon("404")
        page = window.page(f"{demo.url}/~2/directory")
        expect(rows(page).first).to_be_visible()
        _make_a_tag(page)
        add(page, "Zita", "312 555 0121", "LM-101")
        _put_it_on(page)
        _show_only_it(page)
        add(page, "Zita", "312 555 0122", "LM-102")
        _make_a_group(page)
        _merge(page)
        _undo(page)

    def test_leaves_the_house_only_after_a_proof(self, demo: Demo, inside: Path, cast: Cast, open_window: Open) -> None:
        window = open_window()
        window.pardon("403|422")
        page = window.page(f"{demo.url}/sign-in")
        sam = cast.staff["Sam Whitfield"]
        sam.sign_in(page)
        expect(page.get_by_role("navigation", name="Views")).to_be_visible()
        demo.let_sign_ins_age()
        page.keyboard.press("Shift+E")
        dialog = page.get_by_role("dialog", name="Export the directory")
        dialog.get_by_role("button", name="Export").press("Enter")
        secret = dialog.get_by_label("Your password, or a code")
        expect(secret).to_be_focused()
        look(page, "directory-export")
        secret.fill("not this one")
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("alert")).to_contain_text("not right")
        secret.fill(sam.password)
        with page.expect_download() as saved:
            page.keyboard.press("Enter")
        expect(dialog).to_have_count(0)
        lines = list(csv.DictReader(saved.value.path().read_text("utf-8-sig").splitlines()))
        assert {"Marisol", "Earl"} <= {line["first_name"] for line in lines}
        assert len(lines) == len({(line["mrn"], line["phone"], line["email"], line["first_name"]) for line in lines})


def _make_a_tag(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("change the tags")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Tags")
    dialog.get_by_label("New tag").fill("Interpreter LM")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Retire Interpreter LM")).to_be_visible()
    page.keyboard.press("Escape")


def _put_it_on(page: Page) -> None:
    entry(page, "Zita").get_by_role("button", name="Change the tags of this patient").press("Enter")
    choice = page.get_by_role("button", name="Interpreter LM")
    choice.press("Enter")
    expect(choice).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(marks(page, "Zita", "Tags of the patient")).to_contain_text("Interpreter LM")
    look(page, "directory-tags")


def _show_only_it(page: Page) -> None:
    choice = page.get_by_role("combobox", name="Tag")
    choice.select_option(label="Interpreter LM")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text(LAST)
    expect(page).to_have_url(re.compile(r"/directory\?tag=[0-9a-f-]{36}$"))
    look(page, "directory-of-a-tag")
    choice.select_option(label="Any")
    expect(rows(page).nth(1)).to_be_visible()


def _make_a_group(page: Page) -> None:
    page.keyboard.press("Shift+G")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="New group").press("Enter")
    dialog.get_by_label("Name of the group").fill("Morning LM")
    page.keyboard.press("Enter")
    field = dialog.get_by_role("combobox")
    field.fill("LM-102")
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    members = dialog.get_by_role("list", name="Patients in the group")
    expect(members).to_contain_text(LAST)
    look(page, "group-patients")
    dialog.get_by_role("button", name=f"Take out Zita {LAST}").press("Enter")
    expect(dialog.get_by_text(f"Took Zita {LAST} out.")).to_be_visible()
    dialog.get_by_role("button", name="Put it back").press("Enter")
    expect(members).to_contain_text(LAST)
    page.keyboard.press("Escape")
    expect(marks(page, "Zita", "Groups")).to_contain_text("Morning LM")


def _merge(page: Page) -> None:
    """The entry with the tag stays; the group of the other one comes along."""
    page.keyboard.press("Shift+M")
    pairs = page.get_by_role("dialog", name="Possible duplicates")
    pairs.get_by_role("button", name=f"Compare Zita {LAST} and Zita {LAST}").press("Enter")
    dialog = page.get_by_role("dialog", name="One person or two?")
    expect(dialog.get_by_role("heading", name="What a merge does")).to_be_visible()
    told = dialog.get_by_text("1 group of the entry that goes will have the one that stays.")
    tag = dialog.get_by_text("1 tag of the entry that goes will be on the one that stays.")
    expect(told.or_(tag)).to_be_visible()
    if tag.is_visible():
        dialog.get_by_role("button", name="Keep the other entry instead").press("Enter")
        expect(told).to_be_visible()
    look(page, "merge")
    dialog.get_by_role("button", name="Merge into one").press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Merged into one entry")).to_be_visible()


def _undo(page: Page) -> None:
    page.get_by_role("combobox", name="Tag").select_option(label="Interpreter LM")
    # The list is another one then, without the entry that went.
    expect(page.get_by_role("status").filter(has_text=re.compile("^1 patient$"))).to_be_visible()
    rows(page).first.press("Enter")
    expect(marks(page, "Zita", "Groups")).to_contain_text("Morning LM")
    expect(marks(page, "Zita", "Tags of the patient")).to_contain_text("Interpreter LM")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("Two entries again")).to_be_visible()
    expect(marks(page, "Zita", "Groups")).to_contain_text("In none.")
    expect(marks(page, "Zita", "Tags of the patient")).to_contain_text("Interpreter LM")


class TestAList:
    def test_comes_in_and_is_written_to_at_once(
        self, demo: Demo, inside: Path, open_window: Open, tmp_path: Path
    ) -> None:
        demo.let_it_be_day()
        file = tmp_path / "Recall.csv"
        file.write_text(LIST)
        window = open_window(state=inside)
        directory = window.page(f"{demo.url}/~2/directory")
        _bring_in(directory, file)
        _has_both_phones(directory)
        page = window.page(f"{demo.url}/inbox")
        expect(page.get_by_role("navigation", name="Views")).to_be_visible()
        _say_to(page, file)
        _let_go(page)


def _bring_in(page: Page, file: Path) -> None:
    expect(page.get_by_role("navigation").first).to_be_visible()
    page.keyboard.press("Shift+I")
    dialog = page.get_by_role("dialog", name="Import patients")
    dialog.get_by_label("File").set_input_files(file)
    dialog.get_by_role("button", name="Check the rows").press("Enter")
    expect(dialog.get_by_text("2 new · 0 updates · 0 unchanged")).to_be_visible()
    dialog.get_by_role("button", name="Start the import").press("Enter")
    expect(dialog.get_by_text("2 rows = 2 created")).to_be_visible()
    page.keyboard.press("Escape")


def _has_both_phones(page: Page) -> None:
    page.get_by_role("searchbox").fill("LM-301")
    expect(rows(page)).to_have_count(1)
    rows(page).first.press("Enter")
    second = entry(page, "Una").get_by_role("listitem").filter(has_text="(312) 555-0133")
    expect(second).to_contain_text("Work")
    expect(second).to_contain_text(f"Ida {LAST}")
    expect(second.get_by_role("button", name="Make preferred: (312) 555-0133")).to_be_visible()
    look(page, "directory-imported")


def _say_to(page: Page, file: Path) -> None:
    page.keyboard.press("Shift+B")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="New broadcast").press("Enter")
    dialog.get_by_label("Title, for your team only").fill("Recall")
    dialog.get_by_label("Only a list that I paste").check()
    dialog.get_by_text("Paste a list, or read a file").press("Enter")
    dialog.get_by_role("button", name="Save the title first").press("Enter")
    dialog.get_by_label("Or read them from a file").set_input_files(file)
    expect(dialog.get_by_text("2 lines of Recall.csv: MRNs, else phone numbers.")).to_be_visible()
    dialog.get_by_role("button", name="Take this list").press("Enter")
    expect(dialog.get_by_text("2 patients found.")).to_be_visible()
    look(page, "broadcast-file")
    dialog.get_by_role("button", name="Next: words").press("Enter")
    dialog.get_by_label("Private message in English").fill("Please call us about your next visit.")
    dialog.get_by_role("button", name="Next: check").press("Enter")
    expect(dialog.get_by_text("Will reach 2 patients")).to_be_visible()


def _let_go(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    for name in ("Next: when", "Next: go", "Send to"):
        dialog.get_by_role("button", name=name).press("Enter")
    expect(dialog.get_by_text("in a minute.")).to_be_visible()
    expect(dialog.get_by_text("2 patients = 2 written to")).to_be_visible(timeout=A_MINUTE)
