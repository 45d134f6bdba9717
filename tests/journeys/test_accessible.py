"""What axe finds on the staff screens, in light, dark and forced colours: nothing, with every dialog open."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox
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
    "?": _dialog("Keyboard"),
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
