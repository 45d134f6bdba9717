"""Marisol reads Spanish. The mail opens inside her mail program, and she answers with a picture of a medicine box."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests import pictures
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import Open
from tests.journeys.neutral import must_be_neutral
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo, until
from tests.journeys.screens import EMAIL, Inbox, Portal

pytestmark = pytest.mark.browser
WHO = "Marisol Vega"
WORDS = "¿Qué pastillas tiene en casa? Mándenos por favor una foto de la caja."
ANSWER = "Tengo estas, me las dieron en la otra clínica."
BUTTON = "Leer y responder"
GMAIL = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
"""What the page inside Gmail on an iPhone says of itself: a web view, not Safari."""

# Headless Chromium has no voice of its own; an iPhone has one for Spanish.
VOICE = """
window.spoken = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "es-MX", localService: true }],
  speak: (said) => window.spoken.push(said.text), cancel: () => {}, onvoiceschanged: null } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


class TestMarisol:
    def test_reads_inside_gmail_in_spanish_listens_and_sends_a_photograph(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        marisol, team = cast.patients[WHO], cast.teams["Front desk"]
        desk = open_window(state=inside).page(f"{demo.url}/inbox/{team}/{colleague.conversation(marisol, team)}")
        dana = Inbox(desk)
        known = len(colleague.mails(marisol))
        dana.choose(EMAIL)
        dana.send(WORDS, EMAIL)
        mail = colleague.mail_after(marisol, known)
        for part in (mail["subject"], mail["text"], mail["html"]):
            must_be_neutral(part, of=cast.clinic, to=marisol, about=WORDS)

        window = open_window(size=PHONE, agent=GMAIL)
        window.context.add_init_script(VOICE)
        page = window.page()
        page.set_content(mail["html"])
        expect(page.locator("html")).to_have_attribute("lang", "es")
        page.get_by_role("link", name=BUTTON).click()
        portal, asked = Portal(page, "es"), window.answers()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        portal.press()
        expect(portal.date_fields()).to_have_count(3)
        expect(page.locator("html")).to_have_attribute("lang", "es")
        assert marisol.born
        portal.give_date(marisol.born)
        expect(portal.message(WORDS)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        assert asked == ["/m/check"]
        expect(dana.viewed(WORDS, WHO)).to_have_accessible_name(re.compile("a browser on iPhone$"))

        portal.message(WORDS).get_by_role("button", name=portal.says("listen")).click()
        assert page.evaluate("window.spoken") == [WORDS]
        page.set_input_files("#file", _medicine_box())
        portal.reply(ANSWER)
        expect(portal.message(ANSWER)).to_contain_text(portal.says("sent"))
        expect(portal.message(ANSWER).get_by_role("img")).to_have_count(1)
        picture = dana.message(ANSWER).get_by_role("img")
        expect(picture).to_have_count(1)
        until(lambda: bool(picture.evaluate("each => each.naturalWidth > 0")), "the picture's pixels")


def _medicine_box() -> FilePayload:
    return {"name": "IMG_0002.jpg", "mimeType": "image/jpeg", "buffer": pictures.picture(size=(900, 600))}
