"""A patient who mistypes their date of birth is locked out gently, and let in again with one press at the clinic."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
WORDS = "Your new insurance card is here."
NAME = "Ivan Petrov"


class TestLockedOut:
    def test_staff_see_it_live_look_at_what_was_typed_and_unlock_with_the_keyboard(
        self, demo: Demo, cast: Cast, inside: Path, open_window: Open, colleague: Colleague
    ) -> None:
        patient, born = cast.patients[NAME], cast.patients[NAME].born
        assert born is not None
        phone_window = open_window(size=PHONE)
        # The answers to wrong dates (422) and to tries during the pause (429).
        phone_window.pardon("status of 4(22|29)")
        phone = Portal(phone_window.page(colleague.link(patient, cast.teams["Front desk"], WORDS)))
        page = open_window(state=inside).page(f"{demo.url}/inbox/all?view=open")
        inbox = Inbox(page)
        inbox.row(NAME).click()
        strip = page.get_by_role("list", name="To do")
        phone.press()

        wrong = [born + timedelta(days=days) for days in (-1, 1, 2, -2, 3)]
        same_month = [each for each in wrong if each.month == born.month]
        for nth in range(5):
            phone.give_date(same_month[nth % len(same_month)])
            expect(phone.screen.get_by_role("alert")).to_be_visible()
            if nth == 2:
                expect(strip).to_contain_text(
                    "Could not confirm identity (3 tries). Typed dates differ in the day only."
                )
                expect(inbox.row(NAME)).to_contain_text("Locked out?")
        phone.give_date(born)
        expect(phone.screen.get_by_role("heading", name=phone.says("locked.title"))).to_be_visible()
        expect(strip).to_contain_text("Paused until")

        page.get_by_role("button", name="Show what was typed").click()
        dialog = page.get_by_role("dialog", name="What was typed")
        expect(dialog.get_by_role("listitem")).to_have_count(5)
        expect(dialog).to_contain_text("call the patient and make sure")
        page.keyboard.press("Escape")
        page.get_by_role("heading", name=NAME, level=1).focus()
        page.keyboard.press("i")
        page.keyboard.press("Enter")
        expect(strip).to_have_count(0)
        expect(inbox.row(NAME)).not_to_contain_text("Locked out?")

        page_of_patient = phone_window.context.pages[0]
        page_of_patient.goto(f"{demo.url}/m/check")
        phone.give_date(born)
        expect(phone.message(WORDS)).to_be_visible()
