"""Reading with ease, with the page's script: what comes without loading the page again."""

import asyncio
import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx2
import pytest
from playwright.async_api import expect
from websockets.asyncio.client import connect

from server import clock, keys, models
from server.domain import conversations, hours, messages
from server.queries import thread
from server.queries.hours_views import Hours, Span
from tests.portal import served
from tests.portal import test_browser as page
from tests.portal.conftest import PRIVATE
from tests.portal.phone import link_of
from tests.portal.test_browser import Portal, until

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

browser = page.browser
portal = page.portal

VOICES = """
const voice = (lang, localService) => ({ lang, localService });
const spoken = (window.spoken = []);
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [voice("en-US", true), voice("es-MX", false)],
  speak: (said) => spoken.push(said.text), cancel: () => spoken.push("stop"), onvoiceschanged: null } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


async def replies(portal: Portal, count: int) -> None:
    ines, conversation = portal.cast.ines.id, portal.cast.ines_thread.id
    for number in range(count):
        await messages.reply(conversation, patient_id=ines, key=f"p{number}", body=f"Reply {number}.")


async def enter(portal: Portal) -> None:
    """As `Portal.enter`, where the first message is not on the newest page."""
    await portal.page.goto(portal.url + await link_of(portal.cast.ines_thread))
    await portal.page.click("button.main")
    await portal.page.select_option("#month", "3")
    await portal.page.fill("#day", "14")
    await portal.page.fill("#year", "1985")
    await portal.page.click("button.main")
    await expect(portal.page.locator("#connection")).to_be_hidden()


class TestEarlierMessages:
    async def test_come_in_above_and_what_is_read_stays_where_it_is(self, portal: Portal) -> None:
        await replies(portal, 2 * thread.PAGE)
        await enter(portal)
        shown = portal.page.locator("article[data-number]")
        await expect(shown).to_have_count(thread.PAGE)
        link = portal.page.locator("#earlier")
        await link.scroll_into_view_if_needed()
        reading = portal.page.locator('article[data-number="53"]')
        before = await reading.bounding_box()

        await link.click()
        await expect(shown).to_have_count(2 * thread.PAGE)
        after = await reading.bounding_box()

        assert before is not None
        assert after is not None
        assert abs(after["y"] - before["y"]) < 3
        assert await portal.page.locator("#spoken").text_content() == ""
        await link.click()
        await expect(shown).to_have_count(2 * thread.PAGE + 1)
        await expect(link).to_have_count(0)
        numbers = await shown.evaluate_all("all => all.map((each) => Number(each.dataset.number))")
        assert numbers == list(range(1, 2 * thread.PAGE + 2))
        await until(lambda: _equal(portal, [1]))
        assert portal.complaints == []

    async def test_opened_by_themselves_lead_to_the_live_page(self, portal: Portal) -> None:
        await portal.enter()
        await portal.page.goto(f"{portal.url}/m/thread?before=2")
        await expect(portal.page.locator("#reply")).to_be_visible()
        assert portal.page.url.removesuffix("#latest") == f"{portal.url}/m/thread"


async def _equal(portal: Portal, wanted: list[int]) -> bool:
    return await portal.viewed() == wanted


class TestReadByTheCareTeam:
    async def test_is_said_at_once_under_the_patients_words(self, portal: Portal) -> None:
        await portal.enter()
        await portal.page.fill("#body", "Thank you")
        await portal.page.click("button:text-is('Send')")
        state = portal.page.locator("article.own .state")
        await expect(state).to_have_text("Sent")

        headers = {"Origin": portal.url, "X-BloomText-CSRF": keys.csrf_token(portal.staff)}
        async with httpx2.AsyncClient(base_url=portal.url, headers=headers, cookies={"bt_staff": portal.staff}) as dana:
            await dana.post(f"/api/v1/conversations/{portal.cast.ines_thread.id}/seen", json={"number": 2})

        await expect(state).to_have_text("Sent · your care team saw this")
        assert "Dana" not in str(await state.text_content())


class TestTyping:
    async def test_of_the_patient_is_seen_by_the_team(self, portal: Portal) -> None:
        await portal.enter()
        address = f"{portal.url.replace('http', 'ws')}/live/inbox/"
        headers = {"Cookie": f"bt_staff={portal.staff}"}
        async with connect(address, origin=portal.url, additional_headers=headers) as staff:  # type: ignore[arg-type]
            await staff.send('{"t":"hello","streams":[]}')
            await staff.recv()
            # Longer than the page waits between two signals: the first goes nowhere if its socket is still opening.
            await portal.page.locator("#body").press_sequentially("I feel better now, thank you", delay=200)
            async with asyncio.timeout(served.PATIENCE):
                while (frame := json.loads(await staff.recv()))["t"] != "signal":
                    pass

        assert (frame["kind"], frame["who"]["kind"], frame["who"]["name"]) == ("typing", "patient", "Ines Calderon")


class TestAClosedConversation:
    async def test_is_open_again_on_the_page_with_what_is_written(self, portal: Portal) -> None:
        await conversations.mark_done(portal.cast.ines_thread.id, by=portal.cast.dana, why="not_needed")
        await portal.enter()
        await expect(portal.page.locator("#closed")).to_be_visible()

        await portal.page.fill("#body", "One more thing")
        await portal.page.click("button:text-is('Send')")

        await expect(portal.page.locator("#closed")).to_have_count(0)

    async def test_that_takes_no_words_takes_them_once_staff_write(self, portal: Portal) -> None:
        said = Hours(week=[[]] * 7, patients_may_start=False)
        await hours.change(portal.cast.ines_thread.team_id, said, by=portal.cast.val)
        await conversations.mark_done(portal.cast.ines_thread.id, by=portal.cast.dana, why="not_needed")
        await portal.enter()
        await expect(portal.page.locator("#reply")).to_be_hidden()

        await portal.write("How are you now?")

        await expect(portal.page.locator("#reply")).to_be_visible()
        await expect(portal.page.locator("#closed")).to_have_count(0)


class TestTheAnsweringTime:
    async def test_changes_on_an_open_page_when_the_team_closes(self, portal: Portal) -> None:
        local = clock.now().astimezone(ZoneInfo("America/Chicago")) + timedelta(minutes=1, seconds=20)
        span = Span("00:00", f"{local:%H:%M}")
        await hours.change(portal.cast.ines_thread.team_id, Hours(week=[[span]] * 7), by=portal.cast.val)
        await portal.page.clock.install()
        await portal.enter()
        await expect(portal.page.locator("#answers")).to_contain_text("usually answers")

        await models.Team.filter(id=portal.cast.ines_thread.team_id).update(
            hours=json.dumps({"week": [[]] * 7, "closed": []})
        )
        await portal.page.clock.fast_forward("03:00")

        await expect(portal.page.locator("#answers")).to_have_text("The clinic is closed.")

    async def test_changes_when_the_clinic_changes_it_and_the_page_is_looked_at_or_stays_open(
        self, portal: Portal
    ) -> None:
        team, answers = portal.cast.ines_thread.team_id, portal.page.locator("#answers")
        await portal.page.clock.install()
        await portal.enter()
        await expect(answers).to_contain_text("usually answers")

        await hours.change(team, Hours(week=[[]] * 7), by=portal.cast.val)
        await portal.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await expect(answers).to_have_text("The clinic is closed.")
        always = Hours(week=[[Span("00:00", "24:00")]] * 7, answers_in=3)
        await hours.change(team, always, by=portal.cast.val)
        await portal.page.clock.fast_forward("05:02")

        await expect(answers).to_contain_text("within 3 business days")


class TestListening:
    async def test_is_offered_where_the_phone_has_a_voice_and_stops_on_the_second_press(self, portal: Portal) -> None:
        await portal.page.add_init_script(VOICES)
        await portal.enter()
        button = portal.page.locator(".listen")

        await button.click()
        await expect(button).to_have_text("Stop")
        await button.click()

        await expect(button).to_have_text("Listen")
        assert await portal.page.evaluate("spoken") == ["stop", PRIVATE, "stop"]
        await portal.write("One more")
        await expect(button).to_have_count(2)

    async def test_is_not_offered_without_one(self, portal: Portal) -> None:
        await portal.page.add_init_script(VOICES)
        await portal.enter()

        await portal.write("Traiga la tarjeta de su seguro.")

        await expect(portal.page.locator("article.care")).to_have_count(2)
        await expect(portal.page.locator("article.care").last.locator(".listen")).to_have_count(0)
        await expect(portal.page.locator(".listen")).to_have_count(1)


class TestTheReadingSize:
    @pytest.mark.parametrize(("size", "pixels"), [("normal", "18px"), ("large", "22px"), ("largest", "28px")])
    async def test_fits_a_narrow_screen(self, portal: Portal, size: str, pixels: str) -> None:
        await portal.page.set_viewport_size({"width": 320, "height": 600})
        await portal.page.goto(portal.url + await link_of(portal.cast.ines_thread))
        await portal.page.click(f".sizes .{size}")
        await self._must_fit(portal, pixels)
        await portal.page.click("button.main")
        await self._must_fit(portal, pixels)
        await enter(portal)
        await portal.write("An_unbroken_word_" * 12)
        await expect(portal.page.locator("article.care").last).to_contain_text("unbroken")
        await self._must_fit(portal, pixels)
        await portal.page.goto(f"{portal.url}/m/preferences")
        await self._must_fit(portal, pixels)

    async def _must_fit(self, portal: Portal, pixels: str) -> None:
        found = await portal.page.evaluate(
            "[document.documentElement.scrollWidth, getComputedStyle(document.documentElement).fontSize]"
        )
        assert found == [320, pixels]
        boxes = await portal.page.locator(".sizes a").evaluate_all(
            "all => all.map((each) => each.getBoundingClientRect()).map(({ width, height }) => [width, height])"
        )
        assert len(boxes) == 3
        assert all(width >= 48 and height >= 48 for width, height in boxes)


class TestWithoutSockets:
    async def test_the_page_asks_instead_and_says_nothing_of_it(self, portal: Portal) -> None:
        await portal.page.route_web_socket("**/live/portal/", lambda socket: socket.close(code=1011))
        await portal.page.clock.install()
        await portal.enter()
        await portal.write("Over plain HTTP")
        asked = portal.page.locator("article.care").last

        for _ in range(40):
            await portal.page.clock.run_for(1_000)
            await asyncio.sleep(0.05)
            if "Over plain HTTP" in str(await asked.text_content()):
                break

        await expect(asked).to_contain_text("Over plain HTTP")
        await expect(portal.page.locator("#connection")).to_be_hidden()
