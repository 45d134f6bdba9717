"""An operator starts a clinic's trial and chooses its number; its admin writes to them and reads the answer, live."""

import time
from collections.abc import Iterator
from typing import cast

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Worker
from tests.journeys.running import Demo
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser
EMAIL = "olive@bloomtext.example"


@pytest.fixture
def desk(demo: Demo, open_window: Open) -> Page:
    """An operator's page of all clinics."""
    said = demo.operate("operator", "add", EMAIL, "Olive Hart").splitlines()
    password, key = (line.split(": ")[1] for line in said[1:3])
    page = open_window().page(f"{demo.url}/operator")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    page.get_by_label("Six-digit code").fill(pyotp.TOTP(key).at(int(time.time())))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Clinics")).to_be_visible()
    return page


@pytest.fixture
def jo(demo: Demo) -> Worker:
    """The admin of the demo's other clinic."""
    _, other = cast("list[dict[str, list[dict[str, str]]]]", demo.seed()["organizations"])
    [admin] = [each for each in other["staff"] if each["name"] == "Jo Marsh"]
    return Worker(admin["name"], admin["email"], admin["password"], admin["totp_secret"])


@pytest.fixture
def clinic(demo: Demo) -> Iterator[str]:
    """The demo's other clinic, without a plan."""
    [line] = [line for line in demo.operate("plan", "list").splitlines() if line.endswith("  Lakeside Pediatrics")]
    clinic = line.split()[0]
    demo.operate("plan", "set", clinic, "none")
    yield clinic
    demo.operate("plan", "set", clinic, "paid")


def test_a_clinic_is_helped_and_asks_and_is_answered(
    demo: Demo, jo: Worker, clinic: str, desk: Page, open_window: Open
) -> None:
    admin = open_window().page(f"{demo.url}/inbox")
    jo.sign_in(admin)
    expect(admin.get_by_role("button", name="Jo Marsh. Your menu")).to_be_visible()
    admin.keyboard.press("?")
    admin.get_by_role("button", name="Write to BloomText").click()
    dialog = admin.get_by_role("dialog", name="Write to BloomText")
    dialog.get_by_label("Your question").fill("How do we bring our number along?")
    picture(admin, "letters")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_label("Letters")).to_contain_text("Jo Marsh")
    admin.keyboard.press("Escape")

    desk.reload()
    expect(desk.get_by_text("1 unread letter")).to_be_visible()
    desk.get_by_role("link", name="Lakeside Pediatrics").press("Enter")
    desk.get_by_role("button", name="Start the paid plan").press("Enter")
    desk.get_by_label("Area code").fill("773")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Order this number").first).to_be_visible()
    picture(desk, "operator-clinic")
    desk.get_by_role("button", name="Order this number").press("Enter")
    expect(desk.get_by_text("Wants (773)")).to_be_visible()
    expect(desk.get_by_text("How do we bring our number along?")).to_be_visible()
    desk.get_by_label("Write to the clinic’s admins").fill("Send us your last bill.")
    desk.get_by_role("button", name="Send", exact=True).press("Enter")

    admin.get_by_role("button", name="1 letter from BloomText").click()
    expect(dialog.get_by_label("Letters")).to_contain_text("Send us your last bill.")
    admin.keyboard.press("Escape")
    expect(admin.get_by_role("button", name="1 letter from BloomText")).to_have_count(0)
