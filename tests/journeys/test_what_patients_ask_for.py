"""What a patient can ask for by text, and what staff see of it: STOP, START, a wish in words, a picture, a stranger."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo, until
from tests.journeys.screens import SECURE, Inbox, Phone

pytestmark = pytest.mark.browser
WHO, SPEAKS_SPANISH = "Fatima Khan", "Marisol Vega"
HELLO = "Call us when you have a moment."
WISH = "Please stop texting me so late"
STRANGER = "Hello, I have lost my papers"


@pytest.fixture
def page(demo: Demo, inside: Path, open_window: Open) -> Page:
    """The demo page: Fatima's phone beside Dana's inbox."""
    return open_window(size=(1500, 950), state=inside).page(f"{demo.url}/demo")


class TestStop:
    """Each step stands on the one before: a conversation is a story."""

    @pytest.mark.parametrize(
        ("who", "word", "stopped", "started"),
        [
            (WHO, "Stop.", "You will not get more texts", "You will get texts from this number again"),
            (SPEAKS_SPANISH, "ALTO", "Ya no le enviaremos textos", "Vuelve a recibir textos"),
        ],
    )
    def test_is_confirmed_on_the_phone_and_seen_at_the_desk_until_the_patient_starts_again(
        self, page: Page, cast: Cast, colleague: Colleague, who: str, word: str, stopped: str, started: str
    ) -> None:
        colleague.write(colleague.conversation(cast.patients[who], cast.teams["Front desk"]), HELLO)
        phone, dana = Phone(page), Inbox(page.frame_locator('iframe[title="Dana’s inbox"]'))
        phone.take(who)
        dana.view("Open").click()
        dana.row(who).click()
        expect(dana.field()).to_be_visible()

        phone.write(word)
        expect(phone.items("Messages").filter(has_text=stopped)).to_have_count(1)
        expect(phone.items("Messages").filter(has_text=cast.clinic)).not_to_have_count(0)
        expect(dana.message(word)).to_contain_text("Sent unencrypted by text")
        dana.screen.get_by_role("button", name="Patient", exact=True).click()
        expect(dana.screen.get_by_role("complementary", name="Patient")).to_contain_text("text START to")
        dana.screen.get_by_role("button", name="Hide the patient").click()
        secure = dana.screen.get_by_role("radio", name=re.compile(f"^{SECURE}"))
        expect(secure).to_be_disabled()

        phone.write("start")
        expect(phone.items("Messages").filter(has_text=started)).to_have_count(1)
        expect(secure).to_be_enabled()


class TestAWishInWords:
    def test_is_given_to_a_person_who_decides(self, page: Page) -> None:
        phone, dana = Phone(page), Inbox(page.frame_locator('iframe[title="Dana’s inbox"]'))
        phone.take(WHO)
        phone.write(WISH)
        until(lambda: dana.count("To do") == 1, "the task in the rail")

        dana.view("To do").click()
        dana.row(WHO).click()
        expect(dana.screen.get_by_text("This may be an opt-out")).to_be_visible()
        dana.screen.get_by_role("button", name="Keep texting").click()

        expect(dana.screen.get_by_text("This may be an opt-out")).to_have_count(0)
        until(lambda: dana.count("To do") == 0, "the empty rail")


class TestAPicture:
    def test_comes_into_the_conversation_and_opens_large(self, page: Page) -> None:
        phone, dana = Phone(page), Inbox(page.frame_locator('iframe[title="Dana’s inbox"]'))
        phone.take(WHO)
        dana.view("Open").click()
        dana.row(WHO).click()

        page.get_by_role("button", name="Picture", exact=True).click()
        picture = dana.message("Here is a picture").get_by_role("img")
        expect(picture).to_be_visible()
        until(lambda: bool(picture.evaluate("each => each.naturalWidth > 0")), "the picture's pixels")
        dana.message("Here is a picture").get_by_role("button", name=re.compile("picture", re.IGNORECASE)).click()

        expect(dana.screen.get_by_role("dialog").get_by_role("img")).to_be_visible()


class TestAStranger:
    def test_becomes_a_patient_with_what_they_wrote(self, page: Page, demo: Demo) -> None:
        dana = Inbox(page.frame_locator('iframe[title="Dana’s inbox"]'))
        written = page.request.post(
            f"{demo.url}/demo/phone/13125557001",
            data={"to": _number_of(page, demo), "text": STRANGER},
            headers={"Origin": demo.url},
        )
        assert written.ok, written.status

        unknown = dana.screen.get_by_role("button", name=re.compile("^Unknown senders"))
        unknown.first.click()
        asked = dana.screen.get_by_role("listitem").filter(has_text=STRANGER)
        # The card, and in it the text, which is an item of its own.
        expect(asked.first).to_be_visible()
        asked.first.get_by_role("button", name="New patient").click()
        dialog = dana.screen.get_by_role("dialog")
        dialog.get_by_label("First name").fill("Nora")
        dialog.get_by_role("button", name=re.compile("^Add")).click()

        expect(dana.screen.get_by_role("heading", name="Nora", level=1)).to_be_visible()
        expect(dana.message(STRANGER)).to_be_visible()
        unknown.first.click()
        expect(dana.screen.get_by_role("heading", name="Unknown senders")).to_be_visible()
        expect(asked).to_have_count(0)


def _number_of(page: Page, demo: Demo) -> str:
    """The front desk's number, as a phone dials it."""
    me = page.request.get(f"{demo.url}/api/v1/me").json()
    [number] = next(team["numbers"] for team in me["teams"] if team["name"] == "Front desk")
    return str(number).lstrip("+")
