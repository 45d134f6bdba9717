"""An admin sets the clinic's own sign-in provider, a nurse comes in by it, and a colleague takes her computer over."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import picture
from tests.oidc_provider import CLIENT, SECRET, OidcProvider, provider

pytestmark = pytest.mark.browser

DANA, SAM, ADMIN = "Dana Reyes", "Sam Whitfield", "Ana Duarte"
PATIENT = "Vera Lock"
"""Whom this journey adds: no patient of the demo's is needed."""
DRAFT = "Her forms are at the desk"


@pytest.fixture
def theirs(demo: Demo) -> Iterator[OidcProvider]:
    """The clinic's provider, in a thread: the journey itself waits for the browser."""
    made: list[OidcProvider] = []
    loop, is_there = asyncio.new_event_loop(), threading.Event()
    is_over = asyncio.Event()

    async def serve() -> None:
        async with provider(demo.provider_port) as one:
            made.append(one)
            is_there.set()
            await is_over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert is_there.wait(30)
    yield made[0]
    loop.call_soon_threadsafe(is_over.set)
    thread.join(30)
    loop.close()


def test_a_nurse_comes_in_by_it_and_a_colleague_takes_the_computer_over(
    demo: Demo, cast: Cast, colleague: Colleague, theirs: OidcProvider, open_window: Open
) -> None:
    team = cast.teams["Front desk"]
    first, last = PATIENT.split()
    colleague.begin_with_somebody_new(first, last, team, "en")
    _set_up(demo, cast, theirs, open_window)
    window = open_window()
    # A locked session is an answer of 401.
    window.pardon("status of 401")
    page = window.page(f"{demo.url}/inbox/{team}?view=open")
    _come_in(page, cast.staff[DANA].email, theirs)
    Inbox(page).row(PATIENT).click()
    Inbox(page).field().fill(DRAFT)

    page.keyboard.press("Control+Shift+L")
    locked = page.get_by_role("dialog", name="Locked")
    expect(locked.get_by_text(DANA)).to_be_visible()
    expect(locked.get_by_role("button", name="Somebody else")).to_be_visible()
    picture(page, "locked")
    locked.get_by_role("button", name="Somebody else").click()

    expect(page.get_by_role("link", name=f"Go on as {DANA}")).to_be_visible()
    picture(page, "sign-in-beside")
    cast.staff[SAM].sign_in(page)
    expect(page.get_by_role("button", name=f"{SAM}. Your menu")).to_be_visible()
    assert page.url.startswith(f"{demo.url}/~2/")
    page.keyboard.press("Control+Shift+L")
    locked.get_by_role("button", name=DANA).click()
    # Locked too, and nothing of hers is there.
    page.wait_for_url(f"{demo.url}/inbox")
    expect(locked.get_by_text(DANA)).to_be_visible()
    assert PATIENT not in page.content()
    assert page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})").count(DRAFT) == 0
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        assert PATIENT not in page.content()
        assert DRAFT not in page.content()

    page.goto(f"{demo.url}/inbox/{team}?view=open")
    locked.get_by_label("Password").fill(cast.staff[DANA].password)
    page.keyboard.press("Enter")
    Inbox(page).row(PATIENT).click()
    expect(Inbox(page).field()).to_have_value(DRAFT)


def _set_up(demo: Demo, cast: Cast, theirs: OidcProvider, open_window: Open) -> None:
    page = open_window().page(f"{demo.url}/people")
    cast.staff[ADMIN].sign_in(page)
    people = page.get_by_role("dialog", name="People and teams")
    people.get_by_role("button", name="Single sign-on").click()
    people.get_by_label("Address of the provider").fill(theirs.issuer)
    people.get_by_label("Client id").fill(CLIENT)
    people.get_by_label("Client secret").fill(SECRET)
    people.get_by_label("Your people’s e-mail addresses end with").fill(cast.staff[DANA].email.partition("@")[2])
    people.get_by_role("button", name="Keep the provider").click()
    expect(people.get_by_text("Kept.")).to_be_visible()
    people.get_by_role("button", name="Test the provider").click()
    expect(people.get_by_text("The provider answers.")).to_be_visible()
    people.get_by_label("Single sign-on is on").check()
    expect(people.get_by_label("Nobody signs in otherwise")).to_be_enabled()
    picture(page, "single-sign-on")


def _come_in(page: Page, email: str, theirs: OidcProvider) -> None:
    theirs.email = email
    page.get_by_role("link", name="Use single sign-on").click()
    page.get_by_label("Work e-mail address").fill(email)
    picture(page, "single")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"{DANA}. Your menu")).to_be_visible()
