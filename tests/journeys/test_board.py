"""The supervisor opens the live board by keyboard, and a patient's question moves it at once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import PICTURES, picture

pytestmark = pytest.mark.browser
PHONE = "+13125550188"


def test_a_supervisor_sees_every_team_move(demo: Demo, inside: Path, cast: Cast, open_window: Open) -> None:
    page = open_window().page(f"{demo.url}/inbox/all")
    cast.staff["Sam Whitfield"].sign_in(page)
    expect(Inbox(page).list).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="All commands").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("live board")
    page.keyboard.press("Enter")
    board = page.get_by_role("dialog", name="Live board")
    expect(board).to_contain_text("Live, as of")
    nurses = board.get_by_role("row").filter(has_text="Nurses")
    before = int(re.sub(r"\D", "", nurses.get_by_role("cell").nth(0).inner_text()))

    _writes(open_window(state=inside), demo)

    expect(nurses.get_by_role("cell").nth(0)).to_have_text(str(before + 1))
    _says_a_rule(page)
    alert = (
        board.get_by_role("list", name="Alerts").get_by_role("listitem").filter(has_text="Nurses: unassigned over 0")
    )
    picture(page, "board")
    _on_paper(page)

    page.keyboard.press("Escape")
    page.reload()
    notice = page.get_by_role("status").filter(has_text="Nurses: unassigned over 0")
    notice.get_by_role("button", name="Open").press("Enter")
    alert.get_by_role("button", name="Acknowledge").press("Enter")
    expect(alert).to_contain_text("Acknowledged by Sam Whitfield")
    expect(alert.get_by_role("button")).to_have_count(0)

    nurses.get_by_role("button", name="Nurses", exact=True).press("Enter")
    expect(board).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/inbox/{cast.teams['Nurses']}"))


def _writes(window: Window, demo: Demo) -> None:
    """Somebody new texts the nurses."""
    asking = window.context.request
    headers = {"Origin": demo.url, "X-BloomText-CSRF": asking.get(f"{demo.url}/api/v1/me").json()["csrf"]}
    her = {"first_name": "Vera", "last_name": "Lund", "phone": PHONE}
    assert asking.post(f"{demo.url}/api/v1/patients", data=her, headers=headers).ok
    text = {"to": "13125550102", "text": "May I drive after the drops?"}
    assert asking.post(f"{demo.url}/demo/phone/{PHONE.lstrip('+')}", data=text, headers=headers).ok


def _says_a_rule(page: Page) -> None:
    page.get_by_role("button", name="Rules for alerts").press("Enter")
    dialog = page.get_by_role("dialog", name="Rules for alerts")
    dialog.get_by_label("Team").select_option("Nurses")
    dialog.get_by_label("Alert when").select_option("Unassigned")
    dialog.get_by_label("Over how many").fill("0")
    dialog.get_by_label("Over how many").press("Enter")
    expect(dialog.get_by_role("list", name="Rules")).to_contain_text("Nurses: Unassigned over 0")
    picture(page, "board-rules")
    dialog.get_by_role("button", name="Back to the board").press("Enter")
    expect(page.get_by_role("list", name="Alerts")).to_contain_text("Nurses: unassigned over 0")


def _on_paper(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.screenshot(path=PICTURES / "board-print.png", full_page=True)
    page.emulate_media(media="screen", color_scheme="light")
