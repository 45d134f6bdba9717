"""The supervisor opens the live board by keyboard, and a patient's question moves it at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import PICTURES, picture

pytestmark = pytest.mark.browser


def test_a_supervisor_sees_every_team_move(demo: Demo, cast: Cast, open_window: Open) -> None:
    page = open_window().page(f"{demo.url}/inbox/all")
    cast.staff["Sam Whitfield"].sign_in(page)
    expect(Inbox(page).list).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("live board")
    page.keyboard.press("Enter")
    board = page.get_by_role("dialog", name="Live board")
    expect(board).to_contain_text("Live, as of")
    nurses = board.get_by_role("row").filter(has_text="Nurses")
    before = int(re.sub(r"\D", "", nurses.get_by_role("cell").nth(0).inner_text()))

    _writes(page, demo, cast)

    expect(nurses.get_by_role("cell").nth(0)).to_have_text(str(before + 1))
    picture(page, "board")
    _on_paper(page)

    nurses.get_by_role("button", name="Nurses", exact=True).press("Enter")
    expect(board).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/inbox/{cast.teams['Nurses']}"))


def _writes(page: Page, demo: Demo, cast: Cast) -> None:
    patient = cast.patients["Peter Olsen"]
    text = {"from": patient.phone, "to": "+13125550102", "text": "May I drive after the drops?"}
    assert page.request.post(f"{demo.url}/demo/texts", data=text).ok


def _on_paper(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.screenshot(path=PICTURES / "board-print.png", full_page=True)
    page.emulate_media(media="screen", color_scheme="light")
