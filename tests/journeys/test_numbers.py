"""An admin gets the clinic a number by its area code, sees it arrive and be registered, and tries it: by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast
from tests.journeys.running import Demo
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser
PHONE = "13125550399"


def test_an_admin_finds_takes_and_tries_a_number(demo: Demo, cast: Cast, open_window: Open) -> None:
    page = open_window().page(f"{demo.url}/numbers")
    cast.staff["Ana Duarte"].sign_in(page)
    ours = page.get_by_role("dialog", name="Our phone numbers")
    area = ours.get_by_label("Area code")
    expect(area).to_have_value("312")
    area.fill("212")
    area.press("Enter")
    expect(ours.get_by_text("No number is free in 212. Free in 646")).to_be_visible()
    picture(page, "numbers-found")
    area.fill("312")
    area.press("Enter")
    take = ours.get_by_role("button", name="Take (312) 555-0300")
    expect(take).to_be_visible()
    ours.get_by_role("form", name="Free numbers").get_by_label("For the team").select_option(label="Nurses")
    take.press("Enter")

    line = ours.get_by_role("listitem").filter(has_text="(312) 555-0300")
    expect(line.get_by_text("not registered with carriers yet")).to_be_visible()
    [clinic] = [row for row in demo.operate("number", "list").splitlines() if row.endswith(f"  {cast.clinic}")]
    clinic = clinic.split()[0]
    demo.operate("number", "register", clinic, "brand", "approved")
    demo.operate("number", "register", clinic, "campaign", "approved", "--note", "For 2 months")
    demo.operate("number", "attach", "+13125550300")

    expect(line.get_by_text("Ready: texts go out")).to_be_visible()
    expect(ours.get_by_text("What you text about (campaign): approved")).to_be_visible()
    picture(page, "numbers-ready")
    line.get_by_role("button", name="Send a test").press("Enter")
    line.get_by_label("Your own phone").fill(PHONE)
    line.get_by_label("Your own phone").press("Enter")
    expect(line.get_by_text("The test was sent. Look at your phone")).to_be_visible()
    received = page.request.get(f"{demo.url}/demo/phone/{PHONE}")
    assert received.ok or received.status == 404


def test_giving_one_up_asks_for_the_number_and_says_who_reaches_nobody(
    demo: Demo, cast: Cast, open_window: Open
) -> None:
    page = open_window(size=(390, 844), dark=True).page(f"{demo.url}/numbers")
    cast.staff["Ana Duarte"].sign_in(page)
    ours = page.get_by_role("dialog", name="Our phone numbers")
    line = ours.get_by_role("listitem").filter(has_text="(312) 555-0300")
    line.get_by_role("button", name="Give up…").press("Enter")
    expect(line.get_by_text("Patients who text it will reach nobody")).to_be_visible()
    picture(page, "numbers-giving-up")
    typed = line.get_by_label("Type (312) 555-0300 to give it up")
    typed.fill("312 555 0300")
    typed.press("Enter")
    expect(line.get_by_text("Ready")).to_have_count(0)
    expect(ours.get_by_text("Numbers you gave up")).to_be_visible()
