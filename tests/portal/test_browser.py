"""The page with its script, in a real browser on the real server."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.async_api import Browser, Page, expect
from websockets.asyncio.client import connect

from portal import assets
from server import keys, models, tokens
from server.domain import conversations, messages
from server.models import Via
from tests import world
from tests.databases import opened
from tests.portal import served
from tests.portal.conftest import PRIVATE
from tests.portal.phone import link_of

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@dataclass
class Portal:
    """Ines's phone and Dana's hands."""

    cast: world.World
    url: str
    page: Page
    staff: str
    complaints: list[str]

    async def enter(self) -> None:
        """Link, button, date of birth, messages."""
        await self.page.goto(self.url + await link_of(self.cast.ines_thread))
        await self.page.click("button.main")
        await self.page.select_option("#month", "3")
        await self.page.fill("#day", "14")
        await self.page.fill("#year", "1985")
        await self.page.click("button.main")
        await expect(self.page.locator("#thread")).to_contain_text(PRIVATE)

    async def write(self, body: str) -> str:
        """Dana sends a secure message through the staff API; its id."""
        asked = {"key": str(tokens.new_id()), "via": "secure_sms", "body": body}
        return await self._act(f"conversations/{self.cast.ines_thread.id}/messages", asked)

    async def take_back(self, message: str) -> None:
        """Dana takes a message back."""
        await self._act(f"messages/{message}/recall", {})

    async def _act(self, path: str, asked: dict[str, str]) -> str:
        headers = {"Origin": self.url, "X-BloomText-CSRF": keys.csrf_token(self.staff)}
        async with httpx2.AsyncClient(base_url=self.url, headers=headers, cookies={"bt_staff": self.staff}) as client:
            answer = await client.post(f"/api/v1/{path}", json=asked)
            assert answer.is_success, answer.text
            return str(answer.json()["id"])

    async def viewed(self) -> list[int]:
        """Which messages have a receipt now."""
        found = await models.Receipt.all().order_by("message__number").values_list("message__number")
        return [int(number) for (number,) in found]


@pytest.fixture(scope="module")
async def browser(anyio_backend: str) -> AsyncIterator[Browser]:
    """One browser for all of these; each test has a profile of its own."""
    async with served.browser_of_the_machine() as browser:
        yield browser


@pytest.fixture
async def portal(sqlite_url: str, tmp_path: Path, browser: Browser) -> AsyncIterator[Portal]:
    """A server on a database where Dana has written to Ines."""
    async with opened(sqlite_url):
        cast = await world.make()
        await messages.post(cast.ines_thread.id, key="first", via=Via.SECURE_SMS, body=PRIVATE, by=cast.dana)
        token, _ = await world.signed_in(cast.dana.user)
        complaints: list[str] = []
        async with served.server(sqlite_url, tmp_path / "log") as url:
            page = await served.page_of(browser, complaints)
            yield Portal(cast, url, page, token, complaints)
            await page.context.close()
        said = (tmp_path / "log").read_text()
        link = await models.PortalLink.all().first()
        assert link is not None
        for private in (PRIVATE, keys.link_secret(link.id), "1985-03-14", "Ines", "3125550142"):
            assert private not in said


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds in the database, which tells nobody."""
    for _ in range(served.PATIENCE * 20):
        if await holds():
            return
        await asyncio.sleep(0.05)
    pytest.fail("it never came to hold")


class TestAnOpenPage:
    async def test_leads_from_the_link_to_the_messages_without_a_complaint(self, portal: Portal) -> None:
        await portal.enter()
        await expect(portal.page.locator("#connection")).to_be_hidden()

        assert portal.page.url == f"{portal.url}/m/thread"
        assert await portal.page.title() == "Secure message"
        secret = (await link_of(portal.cast.ines_thread)).removeprefix("/m/")
        assert secret not in await portal.page.content()
        assert portal.complaints == []

    async def test_shows_what_staff_write_at_once_and_marks_it_viewed_after_a_second(self, portal: Portal) -> None:
        await portal.enter()
        await until(lambda: _equal(portal.viewed, [1]))

        await portal.write("One more thing <img src=x onerror=alert(1)>")

        await expect(portal.page.locator("article.care").last).to_contain_text("<img src=x onerror=alert(1)>")
        await expect(portal.page.locator("#spoken")).to_have_text("New message from Dana Reyes")
        assert await portal.viewed() == [1]
        await until(lambda: _equal(portal.viewed, [1, 2]))
        assert await portal.page.locator("img").count() == 0
        assert portal.complaints == []

    async def test_marks_only_what_was_on_screen(self, portal: Portal) -> None:
        for number in range(12):
            await portal.write(f"Message {number}\n" + "and some more lines\n" * 4)
        await portal.enter()
        await until(lambda: _equal_last(portal.viewed, 13))

        assert 1 not in await portal.viewed()
        await portal.page.locator("article.care").first.scroll_into_view_if_needed()

        await until(lambda: _holds(portal.viewed, 1))

    async def test_marks_nothing_while_the_page_is_hidden(self, portal: Portal) -> None:
        await portal.page.add_init_script(
            "window.hide = is => { window.isHidden = is; document.dispatchEvent(new Event('visibilitychange')); };"
            "window.isHidden = true;"
            "Object.defineProperty(document, 'visibilityState', {get: () => isHidden ? 'hidden' : 'visible'});"
        )
        await portal.enter()
        await portal.write("Written while you looked away")
        await expect(portal.page.locator("article.care").last).to_contain_text("looked away")
        # Longer than the second after which it would count.
        await portal.page.wait_for_timeout(1500)
        assert await portal.viewed() == []

        await portal.page.evaluate("hide(false)")

        await until(lambda: _equal(portal.viewed, [1, 2]))

    async def test_sends_once_when_the_connection_comes_back(self, portal: Portal) -> None:
        await portal.enter()
        await portal.page.context.set_offline(True)
        await portal.page.fill("#body", "I will come on Monday")
        await portal.page.click("#reply button.main")
        await expect(portal.page.locator("article.own .state")).to_have_text("Waiting for a connection")
        assert await portal.page.input_value("#body") == ""

        await portal.page.context.set_offline(False)

        await expect(portal.page.locator("article.own .state")).to_have_text("Sent")
        assert await portal.page.locator("article.own").count() == 1
        assert await models.Message.filter(conversation_id=portal.cast.ines_thread.id).count() == 2

    async def test_gives_words_back_that_are_refused(self, portal: Portal) -> None:
        await portal.enter()

        await portal.page.fill("#body", "left\u202eright")
        await portal.page.click("#reply button.main")

        await expect(portal.page.locator("#wrong")).to_contain_text("Some characters cannot be sent")
        assert await portal.page.input_value("#body") == "left\u202eright"
        assert await portal.page.locator("article.own").count() == 0

    async def test_says_that_the_care_team_is_writing(self, portal: Portal) -> None:
        await portal.enter()
        socket = portal.url.replace("http", "ws") + "/live/inbox/"
        typing = {"t": "signal", "kind": "typing", "conversation": str(portal.cast.ines_thread.id)}
        headers = {"Cookie": f"bt_staff={portal.staff}"}

        async with connect(socket, origin=portal.url, additional_headers=headers) as staff:  # type: ignore[arg-type]
            await staff.send('{"t":"hello","streams":[]}')
            await staff.recv()

            async def is_said() -> bool:
                # A signal is lost where nobody sits yet, so it is repeated, as a writer's page does.
                await staff.send(json.dumps(typing))
                await asyncio.sleep(0.25)
                return await portal.page.locator("#writing").is_visible()

            await until(is_said)

        await expect(portal.page.locator("#writing")).to_have_text("Your care team is writing…")

    async def test_empties_itself_when_its_session_ends_elsewhere(self, portal: Portal) -> None:
        await portal.enter()
        other = await portal.page.context.new_page()
        await other.goto(f"{portal.url}/m/thread")

        await other.click("text=Sign out")

        await expect(portal.page.locator("h1").first).to_have_text("You are signed out")
        assert PRIVATE not in await portal.page.content()

    async def test_warns_before_it_signs_out_and_stays_if_asked(self, portal: Portal) -> None:
        await portal.page.clock.install()
        await portal.enter()
        note = portal.page.get_by_text("you will be signed out in 2 minutes")
        await portal.page.clock.fast_forward("12:50")
        await expect(note).to_have_count(0)
        await portal.page.clock.fast_forward("00:20")
        await expect(note).to_be_visible()

        async with portal.page.expect_response("**/m/active") as told:
            await portal.page.click("text=Stay signed in")

        assert (await told.value).status == 204
        await expect(note).to_have_count(0)

    async def test_warns_on_the_pages_beside_the_thread_too(self, portal: Portal) -> None:
        cast = portal.cast
        billing, _ = await conversations.open_with(cast.ines.id, cast.mercy.teams["Billing"].id, by=cast.robin)
        await messages.post(billing.id, key="b", via=Via.SECURE_SMS, body="Your bill", by=cast.robin)
        await portal.page.clock.install()
        await portal.enter()
        for path in ("home", "preferences", f"copy?c={cast.ines_thread.id}"):
            await portal.page.goto(f"{portal.url}/m/{path}")
            assert urlsplit(portal.page.url).path == f"/m/{path.partition('?')[0]}"
            await portal.page.clock.fast_forward("13:10")
            async with portal.page.expect_response("**/m/active") as told:
                await portal.page.click("text=Stay signed in")

            assert (await told.value).status == 204
            await expect(portal.page.get_by_text("Stay signed in")).to_have_count(0)

        await portal.page.clock.fast_forward("15:02")
        await portal.page.wait_for_url("**/m/thread")

    async def test_shows_nothing_again_on_the_way_back_after_sign_out(self, portal: Portal) -> None:
        await portal.enter()
        await portal.page.click("text=Sign out")
        await expect(portal.page.locator("h1").first).to_have_text("You are signed out")

        await portal.page.go_back()

        await expect(portal.page.locator("h1").first).to_have_text("You are signed out")
        assert PRIVATE not in await portal.page.content()

    async def test_fits_a_narrow_screen_whatever_is_written(self, portal: Portal) -> None:
        await portal.page.set_viewport_size({"width": 320, "height": 600})
        await portal.enter()
        await portal.write("An_unbroken_word_" * 12)
        await expect(portal.page.locator("article.care").last).to_contain_text("unbroken")

        wide = await portal.page.evaluate("document.documentElement.scrollWidth")

        assert wide == 320


async def _equal(ask: Callable[[], Awaitable[list[int]]], wanted: list[int]) -> bool:
    return await ask() == wanted


async def _equal_last(ask: Callable[[], Awaitable[list[int]]], wanted: int) -> bool:
    return (await ask())[-1:] == [wanted]


async def _holds(ask: Callable[[], Awaitable[list[int]]], wanted: int) -> bool:
    return wanted in await ask()


class TestTakenBack:
    async def test_goes_from_the_open_page_and_is_never_viewed(self, portal: Portal) -> None:
        await portal.enter()
        await expect(portal.page.locator("article[data-new]")).to_have_count(0)
        # Nobody looks: else it would be viewed, and could not be taken back.
        await portal.page.evaluate("Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })")
        message = await portal.write("Meant for somebody else")
        thread = portal.page.locator("#thread")
        await expect(thread).to_contain_text("Meant for somebody else")

        await portal.take_back(message)

        await expect(thread).not_to_contain_text("Meant for somebody else")
        await expect(thread).to_contain_text(PRIVATE)
        await portal.page.reload()
        await expect(thread).not_to_contain_text("Meant for somebody else")
        assert await portal.viewed() == [1]


class TestTheFirstView:
    async def test_is_small(self, portal: Portal) -> None:
        sizes: dict[str, int] = {}
        await portal.enter()
        html = len(gzip.compress((await portal.page.content()).encode()))
        for address in (*assets.built().scripts, *assets.built().styles):
            answer = httpx2.get(portal.url + address)
            sizes[address.rsplit(".", 1)[1]] = len(gzip.compress(answer.content))

        print(f"html {html}, {sizes}")
        assert html < 14 * 1024
        assert sizes["js"] < 8 * 1024
        assert sizes["css"] < 8 * 1024
        assert html + sum(sizes.values()) < 30 * 1024
