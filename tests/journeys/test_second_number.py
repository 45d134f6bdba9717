"""A team with two numbers: whoever texts the second is answered from it, and staff see and choose from which."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo, until
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser
FIRST, SECOND = "13125550102", "13125550104"


def test_who_texts_the_second_number_is_answered_from_it(
    demo: Demo, cast: Cast, colleague: Colleague, open_window: Open
) -> None:
    peter = cast.patients["Peter Olsen"]
    phone = f"{demo.url}/demo/phone/{(peter.phone or '').lstrip('+')}"
    page = open_window().page(f"{demo.url}/inbox/{cast.teams['Nurses']}?view=open")
    cast.staff["Nia Brooks"].sign_in(page)
    inbox = Inbox(page)
    inbox.row("Peter Olsen").press("Enter")
    number = page.get_by_role("form", name="Write a message").get_by_label("From", exact=True)
    expect(number).to_have_value(f"+{FIRST}")

    colleague.text_from(peter, SECOND, "Is my blood test back?")
    expect(number).to_have_value(f"+{SECOND}")
    picture(page, "second-number")
    known = len(colleague.texts(peter))
    inbox.send("It is, and all is well")
    colleague.text_after(peter, known)
    received = [each for each in page.request.get(phone).json()["messages"] if each["kind"] == "received"]
    assert received[-1]["other"] == SECOND

    number.focus()
    number.select_option(label="(312) 555-0102")
    until(lambda: number.input_value() == f"+{FIRST}", "the chosen number")
    page.reload()
    expect(number).to_have_value(f"+{FIRST}")
