"""An admin asks somebody to work at the clinic; they set up their account, see the team's past, and lose it live."""

import re
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo, until
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import picture

pytestmark = pytest.mark.browser

EMAIL, NAME, PASSWORD = "jo.kim@sunrise.example", "Jo Kim", "the heron stands in the reeds"
PAST = "Ursa"
"""The last name of somebody whom this journey adds: no patient of the demo's is needed."""
AT_ONCE = 2_000


def test_a_colleague_is_invited_sees_the_past_and_loses_the_team_live(
    demo: Demo, cast: Cast, colleague: Colleague, open_window: Open
) -> None:
    team = cast.teams["Front desk"]
    conversation = colleague.begin_with_somebody_new("Ada", PAST, team, "en")
    colleague.note(conversation, "Her form is ready")
    ana = open_window().page(f"{demo.url}/people")
    cast.staff["Ana Duarte"].sign_in(ana)
    people = ana.get_by_role("dialog", name="People and teams")
    expect(people.get_by_role("button", name="Dana Reyes")).to_be_visible()
    picture(ana, "people")

    _invite(ana)
    expect(people.get_by_text(re.compile("Invited by Ana Duarte"))).to_be_visible()
    window = open_window()
    # What was open on the screen is gone, and then who is signed in.
    window.pardon("status of (404|401)")
    jo = window.page(_link(demo, ana))
    _set_up(jo)

    inbox = Inbox(jo)
    jo.goto(f"{demo.url}/inbox/{team}?view=open")
    inbox.row(f"Ada {PAST}").click()
    expect(jo.get_by_text("Her form is ready")).to_be_visible()

    _take_out(ana)

    expect(jo.get_by_text("Her form is ready")).to_have_count(0, timeout=AT_ONCE)
    expect(jo.get_by_text("You no longer have access to Front desk")).to_have_count(1)
    expect(jo.locator("header, nav").get_by_text("Front desk")).to_have_count(0)
    _has_left(ana)
    expect(jo.get_by_role("heading", name=re.compile("signed out|Sign in", re.IGNORECASE))).to_be_visible(
        timeout=AT_ONCE
    )


def test_one_ends_ones_own_sessions(demo: Demo, cast: Cast, open_window: Open) -> None:
    window = open_window(size=(390, 844), dark=True)
    page, elsewhere = window.page(f"{demo.url}/inbox"), open_window().page(f"{demo.url}/inbox")
    for each in (page, elsewhere):
        cast.staff["Tariq Aziz"].sign_in(each)
        expect(Inbox(each).list).to_be_visible()
    page.get_by_role("button", name="Tariq Aziz. Your menu").click()
    page.get_by_role("button", name="My account").click()
    dialog = page.get_by_role("dialog", name="My account")
    sessions = dialog.locator(".sessions").get_by_role("listitem")
    expect(sessions).to_have_count(2)
    picture(page, "account")

    dialog.get_by_role("button", name="Sign out everywhere else").click()

    expect(sessions).to_have_count(1)
    expect(Inbox(elsewhere).list).to_have_count(0, timeout=AT_ONCE)


def test_who_forgot_their_password_gets_a_link(demo: Demo, cast: Cast, inside: Path, open_window: Open) -> None:
    # Who has entered the demo reads all its mails.
    reader = open_window(state=inside).page(f"{demo.url}/demo")
    page = open_window().page(f"{demo.url}/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    picture(page, "forgot")
    robin = cast.staff["Robin Lane"]
    page.get_by_label("E-mail address").fill(robin.email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    page.goto(_link(demo, reader, robin.email, "reset"))

    expect(page.get_by_label("New password")).to_be_focused()
    picture(page, "reset")


def _invite(page: Page) -> None:
    page.get_by_role("button", name="Invite somebody").click()
    form = page.get_by_role("dialog", name="Invite somebody")
    expect(form.get_by_label("E-mail address")).to_be_focused()
    form.get_by_label("E-mail address").fill(EMAIL)
    form.get_by_label("Name, as patients").fill(NAME)
    form.get_by_label("Front desk").check()
    picture(page, "people-invite")
    form.get_by_role("button", name="Send the invitation").click()


def _link(demo: Demo, page: Page, to: str = EMAIL, what: str = "join") -> str:
    """From the mail."""

    def links() -> list[str]:
        mails = page.request.get(f"{demo.url}/demo/mail/{to}").json()["mails"]
        return [link for mail in mails for link in re.findall(rf"https?://\S+/{what}/[\w-]+", mail["text"])]

    until(lambda: bool(links()), "the invitation")
    return links()[0]


def _set_up(page: Page) -> None:
    expect(page.get_by_role("heading", name="Choose a password")).to_be_visible()
    picture(page, "join")
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.keyboard.press("Enter")
    key = page.locator("code").inner_text().replace(" ", "")
    picture(page, "join-code")
    page.get_by_label("The six digits").fill(pyotp.TOTP(key).now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem")).to_have_count(10)
    picture(page, "join-done")
    page.get_by_role("link", name="Go to the inbox").click()
    expect(page.get_by_role("button", name=f"{NAME}. Your menu")).to_be_visible()


def _jo(page: Page) -> Locator:
    page.get_by_role("button", name=NAME, exact=True).click()
    return page.get_by_role("dialog", name=NAME)


def _take_out(page: Page) -> None:
    card = _jo(page)
    picture(page, "people-person")
    card.get_by_label("Front desk").click()
    expect(card.get_by_label("Front desk")).not_to_be_checked()


def _has_left(page: Page) -> None:
    card = page.get_by_role("dialog", name=NAME)
    card.get_by_role("button", name="They leave the clinic").click()
    card.get_by_role("button", name="They have left").click()
    expect(card.get_by_role("button", name="Let them come back")).to_be_visible()
    card.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name="Teams", exact=True).click()
    page.get_by_role("button", name="Front desk").click()
    team = page.get_by_role("dialog", name="Front desk")
    team.get_by_text("Who let whom in").click()
    expect(team.get_by_text(f"Ana Duarte took {NAME} out")).to_be_visible()
    picture(page, "people-team")
