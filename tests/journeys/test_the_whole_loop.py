"""The main job, from the printed address to the last answer, on the demo page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Window
from tests.journeys.conftest import Open
from tests.journeys.neutral import must_be_neutral
from tests.journeys.people import LINK, Cast
from tests.journeys.running import Demo, until
from tests.journeys.screens import EMAIL, PLAIN, SECURE, Inbox, Phone

pytestmark = pytest.mark.browser
WHO = "Dolores Pagan"
WORDS = "Your blood test is back and your iron is low again. Please eat more lentils."
ANSWER = "Gracias, ¿puedo tomar también las pastillas de antes?"
MAILED = "Yes, one tablet every morning until we see each other."
PLAIN_WORDS = "See you on Monday at 2:30 PM."
TEXTED = "OK, voy el lunes"


def test_the_printed_address_works_once(demo: Demo, inside: Path, open_window: Open) -> None:
    page = open_window().page(demo.door)
    expect(page.get_by_text("This address was used already")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    page.goto(f"{demo.url}/demo")
    expect(page.get_by_text("This address was used already")).to_be_visible()


class TestASecureText:
    """Each step stands on the one before, so they are one test: a conversation is a story."""

    def test_goes_out_is_read_is_seen_to_be_read_and_is_answered_live(
        self, demo: Demo, inside: Path, cast: Cast, open_window: Open
    ) -> None:
        window = open_window(size=(1500, 950), state=inside)
        page = window.page(f"{demo.url}/demo")
        dana = Inbox(page.frame_locator('iframe[title="Dana’s inbox"]'))
        sam = Inbox(page.frame_locator('iframe[title="Sam’s inbox"]'))
        phone = Phone(page, "es")
        phone.take(WHO)
        expect(phone.items("Messages")).to_have_count(0)

        dana.start_with(WHO)
        for each in (dana, sam):
            each.screen.locator("body").evaluate("() => { window.neverReloaded = true }")
        dana.send(WORDS)
        _notice_says_nothing(phone, cast)

        page.get_by_role("tab", name="Sam, supervisor").click()
        sam.view("Waiting").click()
        sam.row(WHO).click()
        expect(sam.message(WORDS)).to_be_visible()
        page.get_by_role("tab", name="Dana, front desk").click()
        _reads(window, phone, cast)
        for each, tab in ((dana, "Dana, front desk"), (sam, "Sam, supervisor")):
            page.get_by_role("tab", name=tab).click()
            expect(each.viewed(WORDS, WHO)).to_be_visible()

        page.get_by_role("tab", name="Dana, front desk").click()
        before = dana.count("Needs reply")
        phone.browser.reply(ANSWER)
        expect(phone.browser.message(ANSWER)).to_be_visible()
        expect(dana.message(ANSWER)).to_be_visible()
        until(lambda: dana.count("Needs reply") == before + 1, "the count of those who wait")
        page.get_by_role("tab", name="Sam, supervisor").click()
        expect(sam.message(ANSWER)).to_be_visible()

        page.get_by_role("tab", name="Dana, front desk").click()
        _mail(phone, dana, cast)
        _plain_text(phone, dana)
        for each in (dana, sam):
            assert each.screen.locator("body").evaluate("() => window.neverReloaded")


def _notice_says_nothing(phone: Phone, cast: Cast) -> None:
    expect(phone.items("Messages")).to_have_count(1)
    notice = phone.items("Messages").inner_text()
    must_be_neutral(notice, of=cast.clinic, to=cast.patients[WHO], about=WORDS)
    assert len(re.findall(r"/m/[\w-]{22}", notice)) == 1


def _reads(window: Window, phone: Phone, cast: Cast) -> None:
    """Tap, press, a wrong date, the right one."""
    window.pardon("status of 422")
    phone.items("Messages").get_by_role("link").click()
    phone.browser.press()
    born = cast.patients[WHO].born
    assert born
    phone.browser.give_date(born.replace(year=born.year - 1))
    wrong = phone.browser.screen.get_by_role("alert")
    expect(wrong).to_have_text(phone.browser.says("check.nomatch"))
    phone.browser.give_date(born, own_phone=True)
    expect(phone.browser.message(WORDS)).to_be_visible()


def _mail(phone: Phone, dana: Inbox, cast: Cast) -> None:
    dana.choose(EMAIL)
    dana.send(MAILED, EMAIL)
    expect(dana.message(MAILED)).to_contain_text(EMAIL)
    phone.show("Mail")
    expect(phone.items("Mail").get_by_role("link")).to_have_count(1)
    must_be_neutral(phone.items("Mail").inner_text(), of=cast.clinic, to=cast.patients[WHO], about=MAILED)
    phone.items("Mail").get_by_role("link").click()
    phone.browser.press()
    expect(phone.browser.message(WORDS)).to_be_visible()
    expect(phone.browser.message(MAILED)).to_be_visible()
    expect(dana.viewed(MAILED, WHO)).to_be_visible()


def _plain_text(phone: Phone, dana: Inbox) -> None:
    dana.choose(PLAIN)
    consent = dana.screen.get_by_role("dialog")
    consent.get_by_role("button", name="Stay private").click()
    expect(dana.screen.get_by_role("radio", name=SECURE)).to_be_checked()
    dana.choose(PLAIN)
    consent.get_by_role("checkbox").check()
    consent.get_by_role("button", name="Record and use plain text").click()
    expect(consent).to_have_count(0)
    dana.send(PLAIN_WORDS, PLAIN)
    phone.show("Messages")
    expect(phone.items("Messages").filter(has_text=PLAIN_WORDS)).to_have_count(1)
    assert not LINK.search(phone.items("Messages").filter(has_text=PLAIN_WORDS).inner_text())
    expect(dana.message(PLAIN_WORDS)).to_contain_text("Delivered")
    phone.write(TEXTED)
    expect(dana.message(TEXTED)).to_contain_text("Sent unencrypted by text")
