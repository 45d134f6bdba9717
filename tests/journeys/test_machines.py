"""Programs that open every link before a person does: they look, and nobody is said to have read anything."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
WHO = "Fatima Khan"
WORDS = "The school form is signed, you find it at the desk."
AFTERWARDS = "We are open until six today."


class TestAScanner:
    def test_that_runs_scripts_and_presses_nothing_reads_nothing_and_spends_no_link(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        patient, team = cast.patients[WHO], cast.teams["Front desk"]
        conversation = colleague.conversation(patient, team)
        dana = Inbox(open_window(state=inside).page(f"{demo.url}/inbox/{team}/{conversation}"))
        link = colleague.link(patient, team, WORDS)

        scanner = open_window()
        for _ in range(2):
            assert scanner.context.request.head(link).ok
            page = scanner.page(link)
            expect(Portal(page).button("press.go")).to_be_visible()
            page.wait_for_load_state("networkidle")
            assert WORDS not in page.content()

        # What the scanner did would have been told before this message.
        colleague.write(conversation, AFTERWARDS)
        expect(dana.message(AFTERWARDS)).to_be_visible()
        expect(dana.viewed(WORDS, WHO)).to_have_count(0)
        assert [each["receipts"] for each in colleague.messages(conversation) if each["body"] == WORDS] == [[]]

        phone = Portal(open_window().page(link))
        assert patient.born
        phone.enter(patient.born)
        expect(phone.message(WORDS)).to_be_visible()
        expect(dana.viewed(AFTERWARDS, WHO)).to_be_visible()
