"""The server dies, Redis dies, the laptop loses its network: afterwards every open screen is as a fresh one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import NETWORK, PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.watching import Screens

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OTHER = "Tomás Rivera"
ASKED = "How is your knee today?"
AWAY = 20_000
"""Milliseconds; longer than the fifteen seconds after which a silent socket is given up."""
OpenScreens = Callable[[str], Screens]


@pytest.fixture
def open_screens(demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open) -> OpenScreens:
    """Opens the three screens at a patient's conversation with the front desk, read and live."""

    def new(name: str) -> Screens:
        patient, team = cast.patients[name], cast.teams["Front desk"]
        link = colleague.link(patient, team, ASKED)
        path = f"inbox/{team}/{colleague.conversation(patient, team)}?view=open"
        windows = [open_window(state=inside), open_window(state=inside), open_window(size=PHONE)]
        for window in windows:
            window.pardon(NETWORK)
        three = Screens(windows, [f"{demo.url}/{path}", f"{demo.url}/~2/{path}", link])
        assert patient.born
        three.patient.enter(patient.born)
        for screen in (three.dana, three.sam):
            expect(screen.viewed(ASKED, name)).to_be_visible()
        three.mark()
        return three

    return new


class TestTheWebProcess:
    def test_is_killed_and_what_was_written_meanwhile_arrives_once_everywhere(
        self, demo: Demo, open_screens: OpenScreens
    ) -> None:
        screens = open_screens("Peter Olsen")
        demo.kill("serve")
        screens.patient.reply("It hurts when I climb stairs.")
        screens.dana.send("Please keep it up high this evening.")
        demo.returned("serve")
        screens.show("It hurts when I climb stairs.", "Please keep it up high this evening.")
        screens.equal_fresh_ones()


class TestRedis:
    def test_is_killed_and_what_happened_without_it_is_on_every_screen(
        self, demo: Demo, cast: Cast, open_screens: OpenScreens, colleague: Colleague
    ) -> None:
        screens = open_screens("Wei Chen")
        demo.kill("redis-server")
        conversation = colleague.conversation(cast.patients["Wei Chen"], cast.teams["Front desk"])
        colleague.write(conversation, "The doctor calls you at five.")
        screens.patient.reply("I will be at home at five.")
        demo.returned("redis-server")
        screens.show("The doctor calls you at five.", "I will be at home at five.")
        screens.equal_fresh_ones()


class TestTheNetwork:
    def test_is_away_and_the_draft_stays_and_what_was_sent_goes_out_once(
        self, cast: Cast, open_screens: OpenScreens, colleague: Colleague
    ) -> None:
        screens, team = open_screens("Amina Yusuf"), cast.teams["Front desk"]
        [laptop, *_] = screens.pages
        laptop.context.set_offline(True)
        laptop.evaluate("() => { window.left = performance.now() }")
        screens.dana.send("Your crutches are at the desk.")
        screens.dana.field().fill("And one more thing:")
        expect(laptop.get_by_text("You are offline")).to_be_visible()
        screens.patient.reply("Where do I get the crutches?")
        expect(screens.sam.message("Where do I get the crutches?")).to_be_visible()
        colleague.write(colleague.conversation(cast.patients[OTHER], team), "Your card has come.")
        expect(screens.sam.row(OTHER)).to_contain_text("Your card has come.")
        expect(screens.dana.row(OTHER)).not_to_contain_text("Your card has come.")
        laptop.wait_for_function(f"() => performance.now() - window.left > {AWAY}", timeout=AWAY + 10_000)

        laptop.context.set_offline(False)
        screens.show("Where do I get the crutches?", "Your crutches are at the desk.")
        expect(screens.dana.field()).to_have_value("And one more thing:")
        screens.dana.field().fill("")
        screens.equal_fresh_ones()
        conversation = colleague.conversation(cast.patients["Amina Yusuf"], team)
        bodies = [each["body"] for each in colleague.messages(conversation)]
        assert bodies.count("Your crutches are at the desk.") == 1
