"""Every screen, light and dark, on a desk, in half a window and on a phone: nothing sticks out.

The pictures are for looking at.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESK, PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import RESULTS, Demo
from tests.journeys.screens import PLAIN, Inbox, Portal

pytestmark = pytest.mark.browser
PICTURES = RESULTS / "looks"
# Between the two lies the width below which the panes stack.
SIZES = {"desk": DESK, "half": (900, 768), "phone": PHONE}
LONG = "Please take one tablet in the morning and one in the evening, with food, until the pack is empty. " * 3
WIDE = "Our form is at https://clinic.example/" + "a-very-long-address/" * 6

# Words for screen readers alone are one pixel wide; what stands in a box that scrolls by itself is within reach.
STICKS_OUT = """() => {
  const scrolls = (each) =>
    each !== null && (getComputedStyle(each).overflowX !== "visible" || scrolls(each.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().width > 1 && each.getBoundingClientRect().right > innerWidth + 1)
    .filter((each) => !scrolls(each.parentElement))
    .map((each) => `${each.tagName}.${each.className}`)
    .concat(document.documentElement.scrollWidth > innerWidth + 1 ? ["the page itself"] : []);
}"""


def picture(page: Page, name: str) -> None:
    """Take six pictures of a page and find nothing outside of any."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    # A page behind another may draw nothing for as long as it is there, and a picture waits for the next frame.
    page.bring_to_front()
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for dark in (False, True):
            page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
            page.screenshot(path=PICTURES / f"{name}-{size}-{'dark' if dark else 'light'}.png", animations="disabled")
        assert page.evaluate(STICKS_OUT) == [], f"{name} at {width} pixels"
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


class TestStaffScreens:
    def test_fit_a_desk_and_a_phone(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        team, marisol = cast.teams["Front desk"], cast.patients["Marisol Vega"]
        conversation = colleague.conversation(marisol, team)
        for body in ("Yes, with food is best.", LONG, WIDE):
            colleague.write(conversation, body)
        picture(open_window().page(f"{demo.url}/sign-in"), "sign-in")

        page = open_window(state=inside).page(f"{demo.url}/inbox/{team}?view=open")
        inbox = Inbox(page)
        expect(inbox.row("Marisol Vega")).to_be_visible()
        picture(page, "list")
        inbox.row("Marisol Vega").click()
        expect(inbox.message("very-long-address")).to_contain_text("Notice delivered")
        picture(page, "patient")
        page.get_by_role("button", name="Hide the patient").click()
        picture(page, "thread")
        inbox.choose(PLAIN)
        expect(page.get_by_role("dialog")).to_be_visible()
        picture(page, "consent")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.goto(f"{demo.url}/inbox/{team}?view=undelivered")
        expect(page.get_by_text("Everything arrived.")).to_be_visible()
        picture(page, "empty")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Help")).to_be_visible()
        picture(page, "keys")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="New conversation").click()
        page.get_by_role("combobox").fill("ri")
        expect(page.get_by_role("option").nth(1)).to_be_visible()
        picture(page, "new")
        page.keyboard.press("Escape")
        inbox.start_with("Noor Haddad")
        expect(page.get_by_text("No messages yet")).to_be_visible()
        picture(page, "new-thread")

    def test_the_supervisor_sees_all_teams(self, demo: Demo, inside: Path, open_window: Open) -> None:
        page = open_window(state=inside).page(f"{demo.url}/~2/inbox/all?view=needs_reply")
        expect(Inbox(page).row("Henry Novak")).to_be_visible()
        Inbox(page).row("Henry Novak").click()
        expect(page.get_by_text("You are observing Nurses")).to_be_visible()
        page.get_by_role("button", name="Hide the patient").click()
        picture(page, "observing")


class TestPortalPages:
    def test_fit_a_desk_and_a_phone(self, cast: Cast, demo: Demo, colleague: Colleague, open_window: Open) -> None:
        ruth = cast.patients["Ruth Abara"]
        window = open_window(size=PHONE)
        window.pardon("status of (422|410)")
        page = window.page(colleague.link(ruth, cast.teams["Front desk"], LONG))
        portal = Portal(page)
        expect(portal.button("press.go")).to_be_visible()
        picture(page, "portal-press")
        portal.press()
        expect(portal.button("check.go")).to_be_visible()
        picture(page, "portal-check")
        assert ruth.born
        portal.give_date(ruth.born.replace(day=ruth.born.day + 1))
        expect(page.get_by_role("alert")).to_be_visible()
        picture(page, "portal-wrong")
        portal.give_date(ruth.born)
        portal.reply("Thank you, I will do that. " + "Really. " * 20)
        portal.reply("https://example.com/" + "my-own-long-address/" * 6)
        expect(portal.message("my-own-long-address")).to_contain_text(portal.says("sent"))
        picture(page, "portal-thread")
        portal.button("signout").click()
        expect(page.get_by_role("heading", name=portal.says("signedout.title"))).to_be_visible()
        picture(page, "portal-signed-out")
        page.goto(f"{demo.url}/m/AAAAAAAAAAAAAAAAAAAAAA")
        expect(portal.button("ended.go")).to_be_visible()
        picture(page, "portal-ended")


class TestTheDemoPage:
    def test_fits_a_desk_and_a_phone(self, demo: Demo, inside: Path, open_window: Open) -> None:
        page = open_window(state=inside).page(f"{demo.url}/demo")
        dana = Inbox(page.frame_locator('iframe[title="Dana’s inbox"]'))
        dana.view("Open").click()
        expect(dana.row("Marisol Vega")).to_be_visible()
        picture(page, "demo")
