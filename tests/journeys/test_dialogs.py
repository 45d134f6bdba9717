"""What axe finds on the dialogs of the staff screens, in light, dark and forced colours: nothing.

Those that one key opens stand in `test_accessible`; those of a whole story are looked at where it is told.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import DESK, PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
from tests.journeys.test_accessible import CUT_OFF, LOOKS, violations
from tests.journeys.test_looks import PICTURES, STICKS_OUT

pytestmark = pytest.mark.browser

WHAT_IS_SET_UP = (
    *("Opening hours", "Who is on call", "Names of our numbers", "Change the tags", "Saved replies", "Sounds"),
    *("Your clinic’s plan", "Clinic settings", "Import patients", "Groups of patients", "Possible duplicates"),
    *("Export the directory", "Add a patient to the directory"),
)
"""By their names among all commands, as an admin has them."""
OF_A_CONVERSATION = {
    "Shift+H": "End of my shift",
    "v": "Save",
    "Shift+B": "Broadcasts",
    "Shift+S": "Send later",
    "Alt+p": "plain text",
}
"""The key, and a word of what then opens."""
BESIDE_IT = ("Edit", "Add a phone or e-mail…", "Add somebody…", "Record a wish to stop", "Ask for consent to e-mail")
"""Buttons of the patient's panel."""


def test_nothing_is_the_matter_with_what_an_admin_sets_up(demo: Demo, cast: Cast, open_window: Open) -> None:
    page = open_window().page(f"{demo.url}/sign-in")
    cast.staff["Ana Duarte"].sign_in(page)
    page.get_by_role("navigation", name="Views").wait_for()

    found = {name: _everywhere(page, name) for name in _set_up(page)}
    assert {name: each for name, each in found.items() if each} == {}


def _set_up(page: Page) -> Iterator[str]:
    for name in WHAT_IS_SET_UP:
        page.keyboard.press("Control+k")
        page.get_by_role("dialog", name="All commands").get_by_role("combobox").fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name=re.compile("^(All commands|Search)$"))).to_have_count(0)
        yield from _opened(page, name)


def test_nothing_is_the_matter_with_what_is_done_with_a_conversation(
    demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
) -> None:
    team = cast.teams["Front desk"]
    waits, was_answered = (
        f"{demo.url}/inbox/{team}/{colleague.conversation(cast.patients[who], team)}?view=open"
        for who in ("Grace Liu", "Wei Chen")
    )
    page = open_window(state=inside).page(waits)

    found = {name: _everywhere(page, name) for name in _done_with_it(page)}
    page.goto(was_answered)
    found |= {name: _everywhere(page, name) for name in _known_of_it(page)}
    assert {name: each for name, each in found.items() if each} == {}


def _done_with_it(page: Page) -> Iterator[str]:
    expect(Inbox(page).field()).to_be_visible()
    for key, words in OF_A_CONVERSATION.items():
        if key == "Shift+S":
            Inbox(page).field().fill("Please come at ten.")
            page.keyboard.press("Escape")
        page.keyboard.press(key)
        yield from _opened(page, words)
    Inbox(page).field().fill("")
    panel = page.get_by_role("complementary", name="Patient")
    for name in BESIDE_IT:
        panel.get_by_role("button", name=name).first.press("Enter")
        yield from _opened(page, name)


def _known_of_it(page: Page) -> Iterator[str]:
    """What became of a message, and its export."""
    page.locator(".standing.ask").first.press("Enter")
    yield from _opened(page, "what happened")
    page.keyboard.press(".")
    page.get_by_role("button", name="Export for the chart").press("Enter")
    yield from _opened(page, "export")


def _opened(page: Page, name: str) -> Iterator[str]:
    """Its name while it is open; closed afterwards."""
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(_loading(dialog)).to_have_count(0)
    yield re.sub(r"\W+", "-", name.lower()).strip("-")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def _loading(dialog: Locator) -> Locator:
    return dialog.get_by_text(re.compile("^Loading"))


def _everywhere(page: Page, name: str) -> list[str]:
    """What is the matter with what is open, in all colours and at both sizes; with a picture of each to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = []
    for look, (scheme, forced, rules) in LOOKS.items():
        page.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
        found += [f"{look}: {each}" for each in violations(page, rules)]
        for size, (width, height) in {"desk": DESK, "phone": PHONE}.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=PICTURES / f"dialog-{name}-{size}-{look}.png", animations="disabled")
            if look == "light":
                found += [f"{size}: {each}" for script in (STICKS_OUT, CUT_OFF) for each in page.evaluate(script)]
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found
