"""The patient's side on a phone whose browser runs no script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
WHO = "Rosa Rivera"
WORDS = "Bring the blue insurance card along, the green one has run out."
MORE = "And please come ten minutes earlier than last time."
ANSWER = "I will look for it at home tonight."


class TestReading:
    def test_every_step_works_as_a_plain_form_and_the_answers_record_what_was_viewed(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        patient, team = cast.patients[WHO], cast.teams["Front desk"]
        conversation = colleague.conversation(patient, team)
        dana = Inbox(open_window(state=inside).page(f"{demo.url}/inbox/{team}/{conversation}"))
        page = open_window(size=PHONE, script=False).page(colleague.link(patient, team, WORDS))
        expect(dana.message(WORDS)).to_be_visible()
        expect(dana.viewed(WORDS, WHO)).to_have_count(0)

        portal = Portal(page, "es")
        assert patient.born
        portal.enter(patient.born)
        expect(portal.message(WORDS)).to_be_visible()
        expect(dana.viewed(WORDS, WHO)).to_be_visible()

        portal.reply(ANSWER)
        expect(portal.message(ANSWER)).to_be_visible()
        expect(dana.message(ANSWER)).to_be_visible()

        colleague.write(conversation, MORE)
        expect(dana.message(MORE)).to_be_visible()
        expect(portal.message(MORE)).to_have_count(0)
        portal.button("thread.check").click()
        expect(portal.message(MORE)).to_be_visible()
        expect(dana.viewed(MORE, WHO)).to_be_visible()
        assert "/m/thread" in page.url
