"""What axe finds on the staff screens, in light, dark and forced colours: nothing, with every dialog open.

The screens on which something is missing are also looked at narrow, and with the spacing that a reader may ask for.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import NETWORK, Window
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague, Worker
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_looks import PICTURES, STICKS_OUT, picture
from tests.missing import missing
from tests.portal import axe

pytestmark = pytest.mark.browser

# Colours, forced or not, and the rules that are looked at; all where none is named.
LOOKS: dict[str, tuple[Literal["light", "dark"], Literal["none", "active"], list[str]]] = {
    "light": ("light", "none", []),
    "dark": ("dark", "none", ["color-contrast"]),
    "forced": ("light", "active", ["color-contrast"]),
}


def _dialog(name: str) -> Callable[[Page], Locator]:
    return lambda page: page.get_by_role("dialog", name=re.compile(name))


# What is pressed with a conversation open, and what then stands on the screen.
STATES: dict[str, Callable[[Page], Locator]] = {
    "?": _dialog("Help"),
    "/": _dialog("Search"),
    "Control+k": _dialog("All commands"),
    "c": _dialog("Find a patient"),
    "m": _dialog("Mentions"),
    "s": _dialog("Snooze until"),
    "e": _dialog("Done without an answer"),
    "h": _dialog("Hand over"),
    "Shift+A": lambda page: page.get_by_role("button", name="Me", exact=True),
    "t": lambda page: page.get_by_role("button", name=re.compile("Call back")),
    "n": lambda page: page.get_by_role("textbox", name="Note for the team"),
    "r ;": lambda page: page.get_by_role("listbox"),
    "x": lambda page: page.get_by_role("group", name="Selected conversations"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_the_matter_with_the_staff_screens(
    demo: Demo, cast: Cast, inside: Path, colleague: Colleague, open_window: Open, look: str
) -> None:
    scheme, forced, rules = LOOKS[look]
    conversation = colleague.conversation(cast.patients["Grace Liu"], cast.teams["Front desk"])
    page = open_window(state=inside).page()
    page.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
    page.goto(f"{demo.url}/inbox/{cast.teams['Front desk']}/{conversation}?view=open")
    expect(Inbox(page).field()).to_be_visible()

    found = {state: violations(page, rules) for state in _states(page)}
    assert {state: each for state, each in found.items() if each} == {}


def _states(page: Page) -> Iterator[str]:
    """The screens in one state after the other."""
    yield "as it opens"
    for keys, opened in STATES.items():
        for key in keys.split():
            page.keyboard.press(key)
        expect(opened(page).first).to_be_visible()
        yield keys
        if keys == "r ;":
            Inbox(page).field().fill("")
        page.reload()
        expect(Inbox(page).field()).to_be_visible()
    page.get_by_role("button", name="Emoji").click()
    expect(_dialog("Emoji")(page)).to_be_visible()
    yield "emoji"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("Sounds")
    page.keyboard.press("Enter")
    expect(_dialog("Sounds")(page)).to_be_visible()
    yield "sounds"
    page.keyboard.press("Escape")
    page.get_by_text("What the phone will show").click()
    expect(page.get_by_role("figure")).to_be_visible()
    yield "what the phone will show"
    _find_somebody_new(page)
    yield "how to write"


def _find_somebody_new(page: Page) -> None:
    """As far as the three ways; the first who comes here adds them, and nobody writes to them."""
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("ada.way@example.com")
    dialog.get_by_role("option").first.click()
    add, shown = dialog.get_by_role("button", name="Add and write"), dialog.get_by_role("figure")
    expect(add.or_(shown)).to_be_visible()
    if add.is_visible():
        add.click()
    expect(shown).to_be_visible()


def violations(page: Page, rules: list[str]) -> list[str]:
    """What axe finds by these rules; by all where none is named."""
    if not axe.SOURCE.exists():
        missing("axe-core", "run: make build")
    page.evaluate(axe.SOURCE.read_text())
    found: list[str] = page.evaluate(axe.RUN, [axe.TAGS, rules])
    return found


NARROW = (320, 640)
"""A desk's screen at 400 %, in pixels (WCAG 2.2, 1.4.10)."""
# As WCAG 2.2, 1.4.12 has it. A sheet of our own making is no inline style, which the page's policy forbids.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
  } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
AS_IT_WAS = "() => { document.adoptedStyleSheets = []; }"
# Sentences and buttons whose words do not fit into them; one line that ends in dots is meant to.
CUT_OFF = """() => [...document.querySelectorAll("p, button, label, h1, h2, legend")]
  .filter((each) => each.clientHeight > 2 && getComputedStyle(each).overflowY !== "visible")
  .filter((each) => each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY === "hidden")
  .filter((each) => getComputedStyle(each).textOverflow !== "ellipsis")
  .map((each) => `${each.tagName}.${each.className}: ${each.textContent}`)"""
BROKEN = {"code": "our_fault", "detail": "Something went wrong on our side.", "reference": "3F2A7KQX"}


def test_nothing_is_the_matter_where_something_is_missing(demo: Demo, cast: Cast, open_window: Open) -> None:
    window = open_window()
    # The broken list, and what cannot be reached without a network.
    window.pardon(NETWORK)
    window.pardon(r"^500: .*/api/v1/inbox|status of 500")
    window.pardon("status of (401|404)")
    page = window.page(f"{demo.url}/sign-in")

    found = {name: _everywhere(page, name) for name in _missing(window, page, demo, cast.staff["Dana Reyes"])}
    assert {name: each for name, each in found.items() if each} == {}


def _missing(window: Window, page: Page, demo: Demo, who: Worker) -> Iterator[str]:
    """The screens in one such state after the other, in a session of their own."""
    expect(page.get_by_label("E-mail address")).to_be_visible()
    yield "sign-in"
    who.sign_in(page)
    page.get_by_role("navigation", name="Views").wait_for()
    page.goto(f"{demo.url}/inbox/all?strays")
    expect(page.get_by_role("region", name="Unknown senders").get_by_role("heading", level=1)).to_be_visible()
    yield "unknown-senders"
    page.goto(f"{demo.url}/inbox/all?view=open")
    expect(Inbox(page).row("Grace Liu")).to_be_visible()
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("zzqx")
    expect(page.get_by_text("Nothing found for “zzqx”")).to_be_visible()
    yield "nothing-found"
    page.keyboard.press("Escape")
    page.route("**/api/v1/inbox*", lambda route: route.fulfill(status=500, json=BROKEN))
    Inbox(page).view("Done").click()
    expect(page.get_by_role("alert")).to_contain_text("Reference 3F2A7KQX")
    yield "list-failed"
    page.unroute("**/api/v1/inbox*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    window.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    yield "offline"
    window.context.set_offline(False)
    expect(page.get_by_text("You are offline.")).to_have_count(0)
    page.keyboard.press("Control+Shift+L")
    expect(page.get_by_role("dialog", name="Locked")).to_be_visible()
    yield "locked"


def _everywhere(page: Page, name: str) -> list[str]:
    """What is the matter with the screen as it stands: in all colours, on a phone, at 320 pixels, and spaced out."""
    size = page.viewport_size
    assert size
    found = []
    for look, (scheme, forced, rules) in LOOKS.items():
        page.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
        found += [f"{look}: {each}" for each in violations(page, rules)]
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-desk-forced.png", animations="disabled")
    page.emulate_media(forced_colors="none")
    picture(page, name)
    for width, height in (NARROW, (size["width"], size["height"])):
        page.set_viewport_size({"width": width, "height": height})
        for spacing in (AS_IT_WAS, SPACED):
            page.evaluate(spacing)
            looks = f"{width}-{'spaced' if spacing == SPACED else 'usual'}"
            page.screenshot(path=PICTURES / f"{name}-{looks}.png", animations="disabled")
            found += [f"{looks}: {each}" for script in (STICKS_OUT, CUT_OFF) for each in page.evaluate(script)]
        page.evaluate(AS_IT_WAS)
    return found
