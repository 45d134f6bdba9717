"""The clinic's admin reads the reports: of other days, as a plot, a table and a file, by keyboard and on paper."""

import csv
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.test_looks import PICTURES, picture

pytestmark = pytest.mark.browser


def test_an_admin_reads_a_report_of_other_days_and_saves_it(demo: Demo, cast: Cast, open_window: Open) -> None:
    page = open_window().page(f"{demo.url}/reports")
    cast.staff["Ana Duarte"].sign_in(page)
    dialog = page.get_by_role("dialog", name="Reports")
    expect(_plot(dialog)).to_have_accessible_name(re.compile("patients are not reached"))
    expect(dialog.get_by_role("rowheader", name="Spanish")).to_be_visible()
    picture(page, "reports-reach")

    dialog.get_by_role("button", name="Messages", exact=True).press("Enter")
    expect(_plot(dialog)).to_have_accessible_name(re.compile("messages came from patients"))
    expect(dialog.locator("tbody tr")).to_have_count(30)
    dialog.get_by_role("button", name="7 days").press("Enter")
    expect(dialog.locator("tbody tr")).to_have_count(7)
    assert _is_drawn(page)
    picture(page, "reports-messages")
    with page.expect_download() as saved:
        dialog.get_by_role("button", name="Save as CSV").press("Enter")
    table = list(csv.DictReader(saved.value.path().read_text("utf-8-sig").splitlines()))
    shown = [int(cell.replace(",", "")) for cell in dialog.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert [int(row["From patients"]) for row in table] == shown
    assert sum(shown) > 0
    assert re.fullmatch(r"volumes-.*\.csv", saved.value.suggested_filename)

    PICTURES.mkdir(parents=True, exist_ok=True)
    page.pdf(path=PICTURES / "reports-on-paper.pdf")


def _plot(dialog: Locator) -> Locator:
    return dialog.get_by_role("img", name=re.compile("."))


def _is_drawn(page: Page) -> bool:
    """Whether the canvas has anything on it."""
    return bool(
        page.evaluate("""() => {
          const canvas = document.querySelector("canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.some((each) => each > 0);
        }""")
    )
