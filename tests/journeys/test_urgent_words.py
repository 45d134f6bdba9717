"""Words that may be urgent: the patient reads at once whom to call, and staff elsewhere hear of it live."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import Open
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
TEXTED = "Since noon I have chest pain and I feel dizzy"
WRITTEN = "I cannot breathe when I lie down"
ADVICE = "If this is an emergency call 911. In a crisis call or text 988."
LIMITS = "Flagged by words. It can miss urgent messages and flag harmless ones"


def task(page: Page) -> Locator:
    """What is to be done in the open conversation."""
    return page.get_by_role("list", name="To do").get_by_role("listitem")


class TestWordsThatMayBeUrgent:
    def test_in_the_portal_are_answered_with_whom_to_call_and_seen_by_the_team_at_once(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        patient = cast.patients["Grace Liu"]
        link = colleague.link(patient, cast.teams["Front desk"], "How do you feel today?")
        page = open_window(state=inside).page(f"{demo.url}/inbox/all?view=done")
        inbox = Inbox(page)
        expect(inbox.list).to_be_visible()
        before = inbox.count("To do")
        phone = open_window(size=PHONE).page(link)
        portal = Portal(phone)
        assert patient.born
        portal.enter(patient.born)

        portal.reply(WRITTEN)

        expect(portal.message(WRITTEN).get_by_text(ADVICE)).to_be_visible()
        expect(phone.locator("#spoken[aria-live]")).to_have_text(ADVICE)
        notice = page.get_by_role("status").filter(has_text="A message may be urgent in Front desk")
        expect(notice).not_to_contain_text("Grace")
        expect(inbox.view("To do")).to_contain_text(str(before + 1))
        inbox.view("To do").click()
        expect(inbox.row("Grace Liu")).to_contain_text("May be urgent")
        expect(inbox.row("Grace Liu")).to_contain_text("Priority.")
        notice.get_by_role("button", name="Open").press("Enter")
        expect(task(page)).to_contain_text("These words may be urgent: trouble breathing.")
        expect(task(page)).to_contain_text(LIMITS)

        task(page).get_by_role("button", name="It is not urgent").press("Enter")

        expect(task(page)).to_have_count(0)
        expect(page.get_by_text("found nothing urgent and took the priority off")).to_be_visible()
        inbox.view("Needs reply").click()
        expect(inbox.row("Grace Liu")).to_contain_text(WRITTEN)
        expect(inbox.row("Grace Liu")).not_to_contain_text("Priority.")
        expect(inbox.row("Grace Liu")).not_to_contain_text("May be urgent")
        expect(portal.message(WRITTEN).get_by_text(ADVICE)).to_be_visible()

    def test_in_a_text_stand_first_until_somebody_has_called(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        window, patient = open_window(state=inside), cast.patients["Grace Liu"]
        colleague.conversation(patient, cast.teams["Front desk"])
        page = window.page(f"{demo.url}/inbox/all?view=done")
        inbox = Inbox(page)
        expect(inbox.list).to_be_visible()

        me = window.context.request.get(f"{demo.url}/api/v1/me").json()
        [number] = next(team["numbers"] for team in me["teams"] if team["name"] == "Front desk")
        written = window.context.request.post(
            f"{demo.url}/demo/phone/{(patient.phone or '').lstrip('+')}",
            data={"to": number.lstrip("+"), "text": TEXTED},
            headers={"Origin": demo.url},
        )
        assert written.ok, written.status

        notice = page.get_by_role("status").filter(has_text="A message may be urgent in Front desk")
        notice.get_by_role("button", name="Open").press("Enter")
        expect(inbox.message(TEXTED)).to_be_visible()
        expect(page.get_by_text("Words that may be urgent gave this priority").last).to_be_visible()
        expect(task(page)).to_contain_text("These words may be urgent: chest pain.")
        inbox.view("Needs reply").click()
        expect(inbox.list.get_by_role("link").first).to_contain_text("Grace Liu")

        task(page).get_by_role("button", name="We called them").press("Enter")

        expect(task(page)).to_have_count(0)
        expect(inbox.row("Grace Liu")).not_to_contain_text("May be urgent")

    def test_call_who_is_on_call_whatever_they_look_at(
        self, demo: Demo, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        patient = cast.patients["Oscar Lind"]
        link = colleague.link(patient, cast.teams["Front desk"], "Any better today?")
        sam = open_window().page(f"{demo.url}/inbox/all")
        cast.staff["Sam Whitfield"].sign_in(sam)
        nia = open_window().page(f"{demo.url}/inbox/{cast.teams['Nurses']}?view=done")
        cast.staff["Nia Brooks"].sign_in(nia)
        expect(Inbox(nia).list).to_be_visible()
        press(sam, "Nia Brooks", said="On call: Nia Brooks until")
        phone = open_window(size=PHONE).page(link)
        portal = Portal(phone)
        assert patient.born
        portal.enter(patient.born)

        portal.reply(WRITTEN)

        notice = nia.get_by_role("status").filter(has_text="You are on call: a message may be urgent in Front desk")
        expect(notice.get_by_role("button", name="Open")).to_be_visible()
        # Nobody has looked, so a screen that only now opens tells of it too.
        nia.reload()
        notice.get_by_role("button", name="Open").press("Enter")
        expect(task(nia)).to_contain_text("On call: Nia Brooks until")
        press(sam, "Nia Brooks", said="Nobody is on call for this team.")
        expect(task(nia)).to_contain_text("Nobody is on call for this team.")
        task(nia).get_by_role("button", name="We called them").press("Enter")
        expect(task(nia)).to_have_count(0)


def press(page: Page, name: str, *, said: str) -> None:
    """A supervisor presses the box of one colleague of the front desk, and reads who is on call then."""
    page.get_by_role("button", name="Switch team").click()
    page.get_by_role("button", name="Who is on call").click()
    dialog = page.get_by_role("dialog", name="Who is on call")
    dialog.get_by_role("combobox").first.select_option("Front desk")
    dialog.get_by_role("checkbox", name=name).click()
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text=said).first).to_be_visible()
