"""A supervisor brings a list of patients in, and takes it back: without a mouse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Patient
from tests.journeys.running import Demo
from tests.journeys.test_accessible import violations
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser


def look(page: Page, name: str) -> None:
    """Nothing sticks out, and axe finds nothing, in light and in dark."""
    picture(page, name)
    for scheme, rules in (("light", []), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page, rules) == [], scheme
    page.emulate_media(color_scheme="light")


def listed(folder: Path, marisol: Patient) -> Path:
    """A new patient, one whose phone is another one than on file, and two rows that cannot be read."""
    assert marisol.born is not None
    file = folder / "Recall list.csv"
    file.write_text(
        "PatientID,Pt Name,Cell,Birth Dt,PCP\n"
        'L-77001,"QUIMBY-TESTER, ADA",(312) 555-0161,3/4/1985,DR PATEL\n'
        f',"VEGA, MARISOL",312 555 0162,{marisol.born:%m/%d/%Y},DR PATEL\n'
        'L-77003,"QUIMBY-TESTER, BO",312 555 016,5/6/1985,DR PATEL\n'
        'L-77004,"QUIMBY-TESTER, CY",312 555 0163,2/30/1985,DR PATEL\n'
    )
    return file


class TestImport:
    def test_from_the_file_to_the_sum_and_back(
        self, demo: Demo, inside: Path, cast: Cast, open_window: Open, tmp_path: Path
    ) -> None:
        page = open_window(state=inside).page(f"{demo.url}/~2/inbox")
        expect(page.get_by_role("navigation").first).to_be_visible()
        page.keyboard.press("Shift+I")
        dialog = page.get_by_role("dialog", name="Import patients")
        _choose(page, dialog, listed(tmp_path, cast.patients["Marisol Vega"]))
        _say_columns(page, dialog)
        _decide(page, dialog)
        _put_right(page, dialog)
        _import(page, dialog)
        _undo(page, dialog)


def _choose(page: Page, dialog: Locator, file: Path) -> None:
    field = dialog.get_by_label("File")
    expect(field).to_be_focused()
    look(page, "import-file")
    # The browser's own window for choosing is not ours to walk through.
    field.set_input_files(file)


def _say_columns(page: Page, dialog: Locator) -> None:
    expect(dialog.get_by_role("row", name="PatientID")).to_contain_text("L-77001")
    expect(dialog.get_by_label("What “Cell” is")).to_have_value("phone")
    expect(dialog.get_by_label("What “Pt Name” is")).to_have_value("last_first")
    expect(dialog.get_by_text("letters as UTF-8, cells between commas")).to_be_visible()
    if (order := dialog.get_by_label("MM/DD/YYYY")).count():
        order.press("Space")
    look(page, "import-columns")
    dialog.get_by_role("button", name="Check the rows").press("Enter")


def _decide(page: Page, dialog: Locator) -> None:
    expect(dialog.get_by_text("1 new · 0 updates · 0 unchanged · 3 need you.")).to_be_visible()
    expect(dialog.get_by_text("The phone has 9 digits.")).to_be_visible()
    expect(dialog.get_by_role("columnheader", name="On file")).to_be_visible()
    expect(dialog.get_by_role("columnheader", name="In the list")).to_be_visible()
    expect(dialog.get_by_role("row", name="Mobile phone")).to_contain_text("(312) 555-0162")
    look(page, "import-check")
    choice = dialog.get_by_label("What to do with row 3")
    page.keyboard.press("Tab")
    expect(choice).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("/decisions") and answer.status == 204):
        page.keyboard.press("t")
    expect(choice).to_have_value("take")


def _put_right(page: Page, dialog: Locator) -> None:
    """A day that there is not; what is typed first is none either."""
    row = dialog.get_by_role("listitem").filter(has_text="Row 5.")
    born = row.get_by_label("Birth Dt")
    expect(born).to_have_value("2/30/1985")
    born.fill("2/28/2085")
    born.press("Enter")
    expect(row.get_by_role("status")).to_contain_text("This date of birth is in the future.")
    expect(born).to_be_focused()
    born.fill("2/28/1985")
    born.press("Enter")
    expect(row.get_by_role("status")).to_contain_text("Put right: it will be added.")
    expect(dialog.get_by_text("2 new · 0 updates · 0 unchanged · 2 need you.")).to_be_visible()
    expect(born).to_be_focused()
    look(page, "import-check-right")
    dialog.get_by_role("button", name="Start the import").press("Enter")


def _import(page: Page, dialog: Locator) -> None:
    expect(dialog.get_by_text("4 rows = 2 created + 1 updated + 0 unchanged + 1 skipped")).to_be_visible()
    expect(dialog.get_by_text(re.compile(r"can be undone until (tomorrow at )?[0-9]+:[0-9]{2} [AP]M"))).to_be_visible()
    look(page, "import-result")
    with page.expect_download() as saved:
        dialog.get_by_role("link", name="Download 1 row with reasons").press("Enter")
    assert "The phone has 9 digits" in saved.value.path().read_text("utf-8-sig")


def _undo(page: Page, dialog: Locator) -> None:
    dialog.get_by_role("button", name="Undo this import").press("Enter")
    expect(dialog.get_by_text("Undone: 3 patients put back.")).to_be_visible()
    dialog.get_by_role("button", name="Import another file").press("Enter")
    expect(dialog.get_by_role("region", name="Imports so far")).to_contain_text("Recall list.csv")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
